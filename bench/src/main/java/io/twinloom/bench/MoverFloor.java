package io.twinloom.bench;

import io.twinloom.bench.process.ProcessFigures;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.Deflate;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.http.EventLoops;
import io.twinloom.local.http.FunctionEndpoint;
import io.twinloom.local.http.VertxRemoteCloud;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.SqliteHotStore;
import io.twinloom.model.time.Timestamps;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The floor of a mover: what the same bytes cannot do without, by the same libraries, and nothing
 * else: read, put into lists, digest, compress, POST, unpack, verify, write and sync, delete. No
 * plan, no receiver's checks, no confirmation but the answer; as in the product the next chunk is
 * read while one is sent and the one before is deleted.
 *
 * <p>Arguments: a folder with {@code hot.db}, and how many of its items are moved beforehand, to
 * warm up. Prints the seconds that the others took, and those of processor time.
 */
final class MoverFloor {

  private static final int CHUNK = 5_242_880;

  private final Vertx vertx = EventLoops.start();
  private final RemoteCloud remote = new VertxRemoteCloud(vertx);
  private final Executor aside = task -> Thread.ofPlatform().daemon().start(task);
  private final AtomicInteger files = new AtomicInteger();
  private final Deflate deflate = Deflate.quickest();

  private record Chunk(String device, String first, String last, String sha256, byte[] packed) {}

  public static void main(String[] args) throws IOException {
    try {
      MoverFloor floor = new MoverFloor();
      Path folder = Path.of(args[0]);
      floor.run(folder, Timestamps.of(OldItems.cutOff(Integer.parseInt(args[1]))));
      Duration before = ProcessFigures.of(ProcessHandle.current()).cpu();
      double seconds = floor.run(folder, Timestamps.MAX);
      Duration cpu = ProcessFigures.of(ProcessHandle.current()).cpu().minus(before);
      System.out.println(seconds + " " + cpu.toNanos() / 1e9);
    } catch (IOException | RuntimeException e) {
      // Event loops would keep the process, and its parent, running for ever.
      System.err.println(e);
      System.exit(1);
    }
    System.exit(0);
  }

  private double run(Path folder, String cutOff) throws IOException {
    Path cold = Files.createDirectories(folder.resolve("cold"));
    FunctionEndpoint endpoint =
        FunctionEndpoint.start(vertx, "127.0.0.1", 0, name -> Optional.of(new Writer(cold)));
    URI address = endpoint.uri().resolve("/writer");
    try (CloudDatabase hot = CloudDatabase.open(folder.resolve("hot.db"), SqliteHotStore.SCHEMA)) {
      long begun = System.nanoTime();
      CompletableFuture<Void> deleting = CompletableFuture.allOf();
      for (int number = 0; number < OldItems.DEVICES; number++) {
        String device = OldItems.device(number);
        CompletableFuture<Optional<Chunk>> reading = read(hot, device, "", cutOff);
        Optional<Chunk> chunk = reading.join();
        while (chunk.isPresent()) {
          Chunk own = chunk.get();
          reading = read(hot, device, own.last(), cutOff);
          send(address, own);
          deleting.join();
          deleting = CompletableFuture.runAsync(() -> delete(hot, own), aside);
          chunk = reading.join();
        }
      }
      deleting.join();
      return (System.nanoTime() - begun) / 1e9;
    } finally {
      endpoint.close();
    }
  }

  private CompletableFuture<Optional<Chunk>> read(
      CloudDatabase hot, String device, String after, String cutOff) {
    return CompletableFuture.supplyAsync(
        () ->
            hot.read(
                statements -> {
                  PreparedStatement page =
                      statements.of(
                          "SELECT ts, event_id, body FROM hot_item WHERE device = ? AND ts > ?"
                              + " AND ts < ? ORDER BY ts LIMIT ?");
                  page.setString(1, device);
                  page.setString(2, after);
                  page.setString(3, cutOff);
                  page.setInt(4, CHUNK / OldItems.BYTES - 100);
                  ByteBuffer list = ByteBuffer.allocate(CHUNK);
                  String first = "";
                  String last = "";
                  try (ResultSet result = page.executeQuery()) {
                    while (result.next()) {
                      last = result.getString(1);
                      first = first.isEmpty() ? last : first;
                      list.put((byte) (list.position() == 0 ? '[' : ',')).put(result.getBytes(3));
                    }
                  }
                  if (last.isEmpty()) {
                    return Optional.<Chunk>empty();
                  }
                  list.put((byte) ']').flip();
                  return Optional.of(new Chunk(device, first, last, sha256(list), pack(list)));
                }),
        aside);
  }

  private void send(URI address, Chunk chunk) {
    try {
      RemoteCloud.Answer answer =
          remote.send(
              "POST",
              address,
              Map.of("content-type", "application/json", "x-sha256", chunk.sha256()),
              chunk.packed(),
              Duration.ofSeconds(30));
      if (answer.status() != 200) {
        throw new IllegalStateException("The floor answered " + answer.status());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(CloudDatabase hot, Chunk chunk) {
    hot.change(
            statements -> {
              PreparedStatement delete =
                  statements.of("DELETE FROM hot_item WHERE device = ? AND ts >= ? AND ts <= ?");
              delete.setString(1, chunk.device());
              delete.setString(2, chunk.first());
              delete.setString(3, chunk.last());
              delete.executeUpdate();
            })
        .join();
  }

  private byte[] pack(ByteBuffer list) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(CHUNK / 3);
    deflate.pack(list.array(), list.limit(), packed);
    return packed.toByteArray();
  }

  private static String sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.array(), 0, bytes.limit());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    Inflater inflater = new Inflater(true);
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(packed), inflater, 64 * 1024)) {
      return in.readAllBytes();
    } finally {
      inflater.end();
    }
  }

  /** Unpacks, verifies and writes. */
  private final class Writer implements HostedFunction {
    private final Path folder;

    Writer(Path folder) {
      this.folder = folder;
    }

    @Override
    public HttpAnswer receive(HttpHead head, byte[] body) {
      try {
        byte[] list = unpack(body);
        if (!sha256(ByteBuffer.wrap(list)).equals(head.header("x-sha256").orElse(""))) {
          return new HttpAnswer(400, new byte[0]);
        }
        Path file = folder.resolve(files.incrementAndGet() + ".json");
        try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          ByteBuffer content = ByteBuffer.wrap(list);
          while (content.hasRemaining()) {
            channel.write(content);
          }
          channel.force(true);
        }
        return new HttpAnswer(200, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      } catch (IOException e) {
        return new HttpAnswer(500, new byte[0]);
      }
    }

    @Override
    public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later) {
      throw new IllegalStateException("it is called over HTTP");
    }

    @Override
    public Optional<HttpAnswer> refuse(HttpHead head) {
      return Optional.empty();
    }

    @Override
    public JsonValue invoke(JsonObject event) {
      return event;
    }

    @Override
    public boolean isReceiver() {
      return true;
    }
  }
}
