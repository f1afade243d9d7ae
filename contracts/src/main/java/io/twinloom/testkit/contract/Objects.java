package io.twinloom.testkit.contract;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.port.ObjectStore.Entry;
import io.twinloom.functions.port.ObjectStore.Put;
import io.twinloom.json.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Objects for tests of stores. */
public final class Objects {

  private Objects() {}

  /** Puts text under a key, gzipped where the key says so. */
  public static Put put(ObjectStore store, String key, String text) {
    byte[] bytes = utf8(text);
    return store.put(key, key.endsWith(ObjectStore.GZIPPED) ? gzip(bytes) : bytes, content(text));
  }

  /** What an object of this text holds. */
  public static Content content(String text) {
    byte[] bytes = utf8(text);
    return new Content(sha256(bytes), bytes.length);
  }

  /** The stored bytes of an object. */
  public static byte[] read(ObjectStore store, String key) {
    try (InputStream in = store.open(key).orElseThrow()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The keys of a page. */
  public static List<String> keys(ObjectStore.Page page) {
    return page.entries().stream().map(Entry::key).toList();
  }

  public static String sha256(byte[] bytes) {
    return Sha256.hex(bytes);
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
