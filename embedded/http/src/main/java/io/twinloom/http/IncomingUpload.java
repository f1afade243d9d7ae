package io.twinloom.http;

import io.twinloom.http.ClientConnection.Phase;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request whose body goes into a file: a virtual thread writes what comes in, and has the
 * client wait where it is faster.
 */
final class IncomingUpload {

  /** So many pieces are read ahead of what is written. */
  private static final int AHEAD = 16;

  /** A whole body takes no longer, whatever its pace. */
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** A piece of the body; empty: its end; a lost one: the client is gone. */
  private record Piece(Optional<Buffer> bytes, boolean lost) {}

  private final Context context;
  private final HttpServerRequest request;
  private final ClientConnection connection;
  private final RequestHead head;
  private final UploadOpener opener;
  private final SharedParts shared;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

  IncomingUpload(
      Context context,
      HttpServerRequest request,
      ClientConnection connection,
      RequestHead head,
      UploadOpener opener,
      SharedParts shared) {
    this.context = context;
    this.request = request;
    this.connection = connection;
    this.head = head;
    this.opener = opener;
    this.shared = shared;
  }

  void begin(long announced) {
    connection.receive(request, System.nanoTime());
    request.handler(bytes -> pieces.add(new Piece(Optional.of(bytes), false)));
    request.endHandler(end -> pieces.add(new Piece(Optional.empty(), false)));
    request.exceptionHandler(lost -> pieces.add(new Piece(Optional.empty(), true)));
    request.pause();
    Thread.startVirtualThread(() -> open(announced));
  }

  private void open(long announced) {
    switch (decided()) {
      case UploadOpener.Refused refused -> answer(refused.answer());
      case Upload upload -> {
        if (announced > upload.maxBytes()) {
          refuse(tooLarge(upload));
        } else if (shared.uploads().take(upload.maxBytes())) {
          context.runOnContext(now -> beginReading());
          run(upload);
        } else {
          refuse(StandardResponses.FULL);
        }
      }
    }
  }

  private void beginReading() {
    IncomingRequest.invite(request);
    request.fetch(AHEAD);
  }

  private UploadOpener.Decision decided() {
    try {
      return opener.open();
    } catch (RuntimeException | Error e) {
      // As for other handlers: what it throws must not reach the client.
      return new UploadOpener.Refused(shared.worded(StandardResponses.FAILED));
    }
  }

  private static Response tooLarge(Upload upload) {
    return Response.error(413, "The body is larger than " + upload.maxBytes() + " bytes.");
  }

  private void run(Upload upload) {
    // Who is answered finds nothing of the file any more.
    received(upload).run();
  }

  /** Receives and handles the body; returns what answers then. */
  private Runnable received(Upload upload) {
    Path file = null;
    try {
      file = Files.createTempFile(upload.folder(), "upload-", ".part");
      return switch (write(file, upload)) {
        case WHOLE -> {
          connection.enter(Phase.RUNNING, System.nanoTime());
          Response response = handled(file, upload);
          yield () -> {
            connection.enter(Phase.IDLE, System.nanoTime());
            StandardResponses.send(request, response);
          };
        }
        case TOO_LARGE -> () -> refuse(tooLarge(upload));
        case TOO_SLOW -> () -> refuse(StandardResponses.TOO_SLOW);
        case LOST -> () -> {};
      };
    } catch (IOException e) {
      upload.failures().accept(e);
      return () -> refuse(StandardResponses.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return () -> {};
    } finally {
      remove(file);
      shared.uploads().release(upload.maxBytes());
    }
  }

  private enum End {
    WHOLE,
    TOO_LARGE,
    TOO_SLOW,
    LOST
  }

  private End write(Path file, Upload upload) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    long received = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        Piece piece =
            pieces.poll(shared.limits().body().receiving().toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null || System.nanoTime() > deadline) {
          return End.TOO_SLOW;
        }
        if (piece.bytes().isEmpty()) {
          return piece.lost() ? End.LOST : End.WHOLE;
        }
        Buffer bytes = piece.bytes().get();
        received += bytes.length();
        if (received > upload.maxBytes()) {
          return End.TOO_LARGE;
        }
        out.write(bytes.getBytes());
        connection.receive(request, System.nanoTime());
        context.runOnContext(now -> request.fetch(1));
      }
    }
  }

  private Response handled(Path file, Upload upload) {
    try {
      return upload.handling().of(head, file);
    } catch (RuntimeException | Error e) {
      // As for other handlers: what it throws must not reach the client.
      return shared.worded(StandardResponses.FAILED);
    }
  }

  private void refuse(Response response) {
    answer(shared.worded(response));
  }

  /** Answers before the whole body is there, and throws the rest away. */
  private void answer(Response response) {
    context.runOnContext(
        now -> {
          request.resume();
          IncomingRequest.refuse(request, connection, response, shared.limits());
        });
  }

  private static void remove(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A temporary file that stays is removed with its folder.
      return;
    }
  }
}
