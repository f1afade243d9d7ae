package io.twinloom.server.http;

import io.twinloom.http.Response;
import io.twinloom.json.Sha256;
import io.twinloom.server.page.PageBundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of the web page, from the program itself: with a strict Content-Security-Policy, and an
 * ETag, so that a browser never shows an older page than the program's. Each is compressed once.
 * Safe for threads.
 */
public final class StaticFiles {

  private static final String RESOURCES = "/io/twinloom/server/web/";

  private static final String POLICY =
      "default-src 'self'; img-src 'self' blob:; connect-src 'self' blob:; object-src 'none';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Names of files and folders that the page may have; none leads out of its folder. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@-][A-Za-z0-9._@-]*");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("glb", "model/gltf-binary"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  /**
   * @param packed empty where the file is not worth compressing
   */
  private record Content(byte[] bytes, String etag, Optional<Content> packed) {}

  /** What is made of the program's files, at the first request for any of them. */
  private static final class Bundle {
    static final Map<String, String> FILES = PageBundle.of(StaticFiles::text);

    private Bundle() {}
  }

  private final Optional<Path> folder;
  private final Map<String, Optional<Content>> kept = new ConcurrentHashMap<>();

  /**
   * @param folder reads the files from here at each request, each as it is, for those who work on
   *     the page; empty: from the program, the page's modules {@linkplain PageBundle joined}
   */
  public StaticFiles(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * A file of the page.
   *
   * @param path inside the page's folder
   * @throws ApiException if there is none
   */
  public Response file(ApiRequest request, String path) {
    Content whole =
        content(path).orElseThrow(() -> ApiException.notFound("The page has no such file.", path));
    Optional<Content> packed = whole.packed().filter(p -> Compression.isTaken(request.head()));
    Content content = packed.orElse(whole);
    boolean known = request.header("if-none-match").filter(content.etag()::equals).isPresent();
    Response response =
        new Response(
            known ? 304 : 200,
            type(path),
            known ? new byte[0] : content.bytes(),
            Map.of(
                "ETag",
                content.etag(),
                "Cache-Control",
                path.startsWith("vendor/") ? "public, max-age=31536000, immutable" : "no-cache",
                "Content-Security-Policy",
                POLICY,
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "no-referrer"));
    response = whole.packed().isPresent() ? response.with("Vary", "Accept-Encoding") : response;
    return packed.isPresent() ? response.with("Content-Encoding", "gzip") : response;
  }

  private static String type(String path) {
    return TYPES.getOrDefault(extension(path), "application/octet-stream");
  }

  private static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private Optional<Content> content(String path) {
    for (String name : path.split("/", -1)) {
      if (!NAME.matcher(name).matches()) {
        return Optional.empty();
      }
    }
    return folder.isPresent()
        ? read(folder.get().resolve(path))
        : kept.computeIfAbsent(path, StaticFiles::served);
  }

  private static Optional<Content> served(String path) {
    String made = Bundle.FILES.get(path);
    return made == null
        ? resource(path)
        : Optional.of(content(type(path), made.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(String path) {
    return new String(
        bytes(path).orElseThrow(() -> new IllegalStateException("The page lacks " + path)),
        StandardCharsets.UTF_8);
  }

  private static Optional<Content> read(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(content(type(file.toString()), Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Content> resource(String path) {
    return bytes(path).map(bytes -> content(type(path), bytes));
  }

  private static Optional<byte[]> bytes(String path) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(RESOURCES + path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Content content(String type, byte[] bytes) {
    String digest = Sha256.hex(bytes).substring(0, 32);
    // Another content has another tag: a cache must not take one for the other.
    Optional<Content> packed =
        Compression.isCompressible(type, bytes.length)
            ? Optional.of(
                new Content(Compression.gzipOnce(bytes), tag(digest + "-gzip"), Optional.empty()))
            : Optional.empty();
    return new Content(bytes, tag(digest), packed);
  }

  private static String tag(String text) {
    return "\"" + text + "\"";
  }
}
