package io.twinloom.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are read in the forms that OpenSSL writes. */
class PrivateKeyPemTest {

  /** Made by {@code openssl ecparam -name prime256v1 -genkey -noout}. */
  private static final String SEC1 =
      """
      -----BEGIN EC PRIVATE KEY-----
      MHcCAQEEICRm7vOKWVKJzhu6ncm8/vb+7hyOMmuO6Zn/Ma+dE0dZoAoGCCqGSM49
      AwEHoUQDQgAEdfUoy6RdHXCS49MOdtjmM2bBNWmm/2VjOwAsudiCObmddF5cr+Xc
      Wi53hY+FQlj6uzPtdNkuDBjSgwRIM4lCGw==
      -----END EC PRIVATE KEY-----
      """;

  @TempDir Path folder;

  private Path file(String type, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve("key.pem"),
        "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }

  private static PrivateKey rsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair().getPrivate();
  }

  /** The contents of the octet string that ends the PKCS#8 form of an RSA key of 2048 bits. */
  private static byte[] pkcs1(PrivateKey key) {
    ByteBuffer pkcs8 = ByteBuffer.wrap(key.getEncoded());
    // SEQUENCE and its length, version, algorithm, OCTET STRING and its length.
    pkcs8.position(4 + 3 + 15 + 4);
    byte[] inner = new byte[pkcs8.remaining()];
    pkcs8.get(inner);
    return inner;
  }

  @Test
  void aPkcs8KeyOfEitherAlgorithmIsRead() throws Exception {
    PrivateKey rsa = rsa();
    assertThat(PrivateKeyPem.read(file("PRIVATE KEY", rsa.getEncoded()))).isEqualTo(rsa);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    PrivateKey ec = generator.generateKeyPair().getPrivate();
    assertThat(PrivateKeyPem.read(file("PRIVATE KEY", ec.getEncoded()))).isEqualTo(ec);
  }

  @Test
  void aPkcs1KeyIsRead() throws Exception {
    PrivateKey rsa = rsa();
    assertThat(PrivateKeyPem.read(file("RSA PRIVATE KEY", pkcs1(rsa)))).isEqualTo(rsa);
  }

  @Test
  void aSec1KeyIsRead() throws Exception {
    PrivateKey key = PrivateKeyPem.read(Files.writeString(folder.resolve("ec.pem"), SEC1));
    assertThat(key.getAlgorithm()).isEqualTo("EC");
    assertThat(((ECPrivateKey) key).getS())
        .isEqualTo(
            new BigInteger("2466eef38a595289ce1bba9dc9bcfef6feee1c8e326b8ee999ff31af9d134759", 16));
  }

  @Test
  void aFileWithoutAKeyIsAnErrorThatNamesIt() throws Exception {
    Path none = Files.writeString(folder.resolve("none.pem"), "-----BEGIN CERTIFICATE-----");
    assertThatThrownBy(() -> PrivateKeyPem.read(none))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("none.pem");
    Path encrypted = file("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> PrivateKeyPem.read(encrypted))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
