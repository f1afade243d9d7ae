package io.twinloom.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an unencrypted private key from a PEM file: PKCS#8 ({@code PRIVATE KEY}), and the older
 * forms that OpenSSL writes, PKCS#1 ({@code RSA PRIVATE KEY}) and SEC 1 ({@code EC PRIVATE KEY}).
 * The JDK knows PKCS#8 alone, so the others are wrapped in it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5958">RFC 5958</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5915">RFC 5915</a>
 */
final class PrivateKeyPem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([^-]+)-----END");

  private static final byte SEQUENCE = 0x30;
  private static final byte OCTET_STRING = 0x04;
  private static final byte OBJECT_ID = 0x06;
  private static final byte CURVE = (byte) 0xA0;
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final byte[] NULL = {5, 0};
  // 1.2.840.113549.1.1.1 and 1.2.840.10045.2.1
  private static final byte[] RSA = {6, 9, 42, -122, 72, -122, -9, 13, 1, 1, 1};
  private static final byte[] EC = {6, 7, 42, -122, 72, -50, 61, 2, 1};

  private PrivateKeyPem() {}

  /**
   * Reads the first key of a file.
   *
   * @throws IOException if the file cannot be read
   * @throws GeneralSecurityException if it has no key that can be used
   */
  static PrivateKey read(Path file) throws IOException, GeneralSecurityException {
    Matcher found = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      throw new GeneralSecurityException("No unencrypted private key in " + file);
    }
    byte[] key;
    try {
      key = Base64.getMimeDecoder().decode(found.group(2));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("The private key in " + file + " is not Base64", e);
    }
    byte[] pkcs8 =
        switch (found.group(1)) {
          case "RSA " -> wrap(RSA, NULL, key);
          case "EC " -> wrap(EC, curve(key), key);
          default -> key;
        };
    return key(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    GeneralSecurityException last = new GeneralSecurityException("No algorithm");
    for (String algorithm : List.of("RSA", "EC", "Ed25519", "Ed448")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw new GeneralSecurityException("The private key is neither RSA nor EC nor EdDSA", last);
  }

  private static byte[] wrap(byte[] algorithm, byte[] parameters, byte[] key) {
    byte[] identifier = element(SEQUENCE, algorithm, parameters);
    return element(SEQUENCE, VERSION_0, identifier, element(OCTET_STRING, key));
  }

  private static byte[] element(byte tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length < 0x80) {
      element.write(length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      element.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        element.write(length >>> 8 * i);
      }
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  /** The curve's object id in an ECPrivateKey: all of its lengths that matter are short. */
  private static byte[] curve(byte[] ecPrivateKey) throws GeneralSecurityException {
    for (int at = 0; at + 3 < ecPrivateKey.length; at++) {
      int length = ecPrivateKey[at + 1];
      boolean tagged =
          ecPrivateKey[at] == CURVE
              && ecPrivateKey[at + 2] == OBJECT_ID
              && ecPrivateKey[at + 3] == length - 2;
      if (tagged && at + 2 + length <= ecPrivateKey.length) {
        return Arrays.copyOfRange(ecPrivateKey, at + 2, at + 2 + length);
      }
    }
    throw new GeneralSecurityException("The EC private key does not name its curve");
  }
}
