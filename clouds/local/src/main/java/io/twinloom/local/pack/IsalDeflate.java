package io.twinloom.local.pack;

import com.intel.gkl.compression.IntelDeflater;
import io.twinloom.functions.port.Deflate;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Intel's ISA-L: packs measurements five times as fast as zlib's quickest level, to a little less.
 * There is a build of it for x86-64 on Linux and macOS.
 *
 * @see <a href="https://github.com/intel/isa-l">intel/isa-l</a>
 */
public final class IsalDeflate implements Deflate {

  private static final int LEVEL = 1;

  /** As many are kept as pack at once on a few cores. */
  private static final int KEPT = 2;

  /** A larger buffer is not kept: a mover's lists, which it is kept for, are below 6 MB. */
  private static final int LARGEST_KEPT = 6 * 1024 * 1024;

  /** What is packed is never larger than in stored blocks, each of 5 bytes more. */
  private static final int STORED_BLOCK = 32 * 1024;

  private static final int SPARE = 1024;

  private static final class Packer {
    final IntelDeflater deflater = new IntelDeflater(LEVEL, true);
    byte[] out = new byte[0];

    /** It takes its input whole, and needs room for all that it gives. */
    void pack(byte[] bytes, int length, ByteArrayOutputStream to) {
      int most = Math.addExact(length, length / STORED_BLOCK * 5 + SPARE);
      if (out.length < most) {
        out = new byte[most];
      }
      deflater.reset();
      deflater.setInput(bytes, 0, length);
      deflater.finish();
      int packed = deflater.deflate(out, 0, out.length);
      if (!deflater.finished()) {
        throw new IllegalStateException("what was packed did not fit where it always does");
      }
      to.write(out, 0, packed);
      // Until then it holds what was packed.
      deflater.reset();
    }
  }

  private final BlockingQueue<Packer> idle = new ArrayBlockingQueue<>(KEPT);

  @Override
  public boolean isAvailable() {
    return Library.AVAILABLE;
  }

  @Override
  public void pack(byte[] bytes, int length, ByteArrayOutputStream to) {
    Packer packer = Optional.ofNullable(idle.poll()).orElseGet(Packer::new);
    boolean kept = false;
    try {
      packer.pack(bytes, length, to);
      kept = packer.out.length <= LARGEST_KEPT && idle.offer(packer);
    } finally {
      if (!kept) {
        packer.deflater.end();
      }
    }
  }

  /** Loads the library once, from a file that only this process's user can get at. */
  private static final class Library {

    static final boolean AVAILABLE = isLoaded();

    private static boolean isLoaded() {
      Path folder;
      try {
        folder = Files.createTempDirectory("twinloom-isal");
      } catch (IOException e) {
        return false;
      }
      try {
        return new IntelDeflater(LEVEL, true).load(folder.toFile());
      } catch (LinkageError e) {
        return false;
      } finally {
        // What is loaded stays loaded; where an open file cannot be deleted, the library's own
        // request to delete it at the process's end stands.
        for (File file : Optional.ofNullable(folder.toFile().listFiles()).orElse(new File[0])) {
          var unused = file.delete();
        }
        var unused = folder.toFile().delete();
      }
    }
  }
}
