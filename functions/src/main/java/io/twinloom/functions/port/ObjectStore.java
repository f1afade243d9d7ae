package io.twinloom.functions.port;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The objects of one tier, by key. Every method may be called by any thread; one that gets a key
 * that is none ({@link #isKey}) throws {@link IllegalArgumentException}; each throws {@link
 * StoreException} where the store fails, and may then have done what it was asked, or not.
 *
 * <p>An object is stored as it is given. One whose key ends with {@link #GZIPPED} is gzipped; its
 * {@link Content} is that of what was packed, so that a chunk has the same digest in every tier.
 */
public interface ObjectStore {

  /** How the key of an object ends that is stored gzipped. */
  String GZIPPED = ".gz";

  /** A longer key is none: what all clouds take, in bytes of UTF-8. */
  int MAX_KEY_BYTES = 1_024;

  /** What became of an object. */
  enum Put {
    /** It is durable; its key was free. */
    STORED,
    /** The key had this very content already; nothing was written. */
    SAME,
    /** The key holds other content, which stays; nothing was written. */
    OTHER
  }

  /**
   * What an object holds, unpacked where it is stored gzipped.
   *
   * @param sha256 in lower-case hex
   * @param bytes its size
   */
  record Content(String sha256, long bytes) {}

  /** Whether an object can be read now. */
  enum State {
    READABLE,
    /** It must be restored first, and that was not requested. */
    ARCHIVED,
    /** It is being restored. */
    RESTORING
  }

  /**
   * @param since when its restoring was asked for; empty where it is not being restored
   */
  record Retrieval(State state, Optional<Instant> since) {

    public static final Retrieval READABLE = new Retrieval(State.READABLE, Optional.empty());
  }

  /**
   * What is known of an object without reading it. Of one that something else has put there the
   * store may have to read it once.
   *
   * @param storedBytes as it is stored, gzipped where it is
   */
  record Info(String key, Content content, long storedBytes, Retrieval retrieval) {}

  /** An object in a list. */
  record Entry(String key, long storedBytes) {}

  /** A part of a list, and whether more follows. */
  record Page(List<Entry> entries, boolean more) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Writes an object under the condition that its key is free; the check and the write are one.
   *
   * @param stored the bytes to store
   * @param content what they hold; trusted, and kept with the object
   */
  Put put(String key, byte[] stored, Content content);

  /** What is known of an object; empty where there is none. */
  Optional<Info> info(String key);

  /**
   * The digest of what the store really holds, as {@link Content#sha256} gives it: read back and
   * computed, or, where an object cannot be read in its storage class, vouched for by the service's
   * own checksum of the bytes. It is asked before anything is deleted for the sake of this object.
   * Empty where there is none.
   */
  Optional<String> digest(String key);

  /**
   * Whether the store really has these stored bytes, as surely as {@link #digest} does. Where a
   * caller has unpacked them and knows their content, a store may compare the bytes alone.
   */
  default boolean holds(String key, byte[] stored, Content content) {
    return digest(key).equals(Optional.of(content.sha256()));
  }

  /**
   * The objects whose keys begin with {@code prefix} and stand behind {@code after}, in the order
   * of their keys' code points.
   *
   * @param prefix may be empty
   * @param after the last key of the page before; empty for the first page
   * @param limit from 1 to 1,000
   */
  Page list(String prefix, String after, int limit);

  /**
   * The stored bytes of an object, for the caller to close; empty where there is none.
   *
   * @throws StoreException also if it must be restored first
   */
  Optional<InputStream> open(String key);

  /** Deletes an object, if it is there; durable on return. */
  void delete(String key);

  /**
   * Copies an object to another store of the same cloud, with what is known of it, by the store
   * itself, under the condition of {@link #put}.
   *
   * @param as its key there
   * @throws StoreException also if there is no such object
   */
  Put copyTo(ObjectStore target, String key, String as);

  /**
   * Keeps a part of an object aside, durably; the same number again replaces it.
   *
   * @param total how many parts the object has: parts of another total are another object's
   * @param number from 1 to {@code total}
   * @return how many different parts of it are kept now
   */
  int keepPart(String key, int total, int number, byte[] part);

  /**
   * All parts of an object as one stream, in order, for the caller to close.
   *
   * @throws StoreException also if one is missing
   */
  InputStream openParts(String key, int total);

  /**
   * Makes the object of the parts that are kept, in order, under the condition of {@link #put}. The
   * parts stay until {@link #dropParts}.
   *
   * @param content what the parts together hold; trusted, and kept with the object
   * @throws StoreException also if one is missing
   */
  Put join(String key, int total, Content content);

  /** Forgets the parts of an object, if there are any. */
  void dropParts(String key, int total);

  /** Asks for an object to be restored; does nothing where it can be read or is being restored. */
  void restore(String key);

  /** How long restoring usually takes; zero where everything can be read at once. */
  Duration restoreTakes();

  /**
   * Whether text can be an object's key: not empty, at most {@link #MAX_KEY_BYTES}, names between
   * slashes of which none is empty, {@code .} or {@code ..}, no backslash, no control character,
   * valid Unicode. Whatever else it holds, such a key does not leave its prefix.
   */
  static boolean isKey(String text) {
    return ObjectKeys.isKey(text);
  }
}
