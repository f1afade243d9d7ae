package io.twinloom.local.log;

import java.time.Duration;

/**
 * How much a log holds.
 *
 * @param fileBytes a file is followed by a new one at this size
 * @param files so many files are kept, the newest
 * @param bufferBytes lines that wait to be written; more are dropped and counted. The last quarter
 *     is for warnings and errors alone
 * @param flush a line is in its file at the latest after this
 * @param sameNotes notes of one text are written so often within {@code sameNotesIn}; further ones
 *     are counted
 */
record LogLimits(
    long fileBytes,
    int files,
    int bufferBytes,
    Duration flush,
    int sameNotes,
    Duration sameNotesIn) {

  static final long MAX_FILE_BYTES = 32L * 1024 * 1024;
  static final int MAX_FILES = 4;
  static final int MAX_BUFFER_BYTES = 1024 * 1024;
  static final Duration MAX_UNWRITTEN = Duration.ofMillis(100);
  static final int MAX_SAME_NOTES = 5;
  static final Duration SAME_NOTES_IN = Duration.ofSeconds(10);

  /** Of one text in a line so many characters are written. */
  static final int MAX_TEXT = 4_000;

  /** One note has at most so many fields. */
  static final int MAX_FIELDS = 16;

  static LogLimits defaults() {
    return new LogLimits(
        MAX_FILE_BYTES, MAX_FILES, MAX_BUFFER_BYTES, MAX_UNWRITTEN, MAX_SAME_NOTES, SAME_NOTES_IN);
  }
}
