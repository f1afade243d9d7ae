package io.twinloom.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a process writes its result to. A print stream keeps errors to itself: here it is known
 * whether something was lost, as on a full disk. A reader that has read enough and gone, such as
 * {@code head}, loses nothing.
 */
public final class StandardOut extends FilterOutputStream {

  private static final String READER_GONE = "Broken pipe";

  private volatile @Nullable IOException lost;

  public StandardOut(OutputStream out) {
    super(out);
  }

  /** That of this process. */
  public static StandardOut ofProcess() {
    return new StandardOut(new FileOutputStream(FileDescriptor.out));
  }

  /** Why something that was written did not arrive; empty where all did. */
  public Optional<IOException> lost() {
    return Optional.ofNullable(lost);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      if (lost == null && !READER_GONE.equals(e.getMessage())) {
        lost = e;
      }
      throw e;
    }
  }
}
