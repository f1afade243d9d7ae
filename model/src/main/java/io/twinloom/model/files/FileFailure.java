package io.twinloom.model.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why a file or folder could not be read or written, in words instead of an exception's name. */
public final class FileFailure {

  private FileFailure() {}

  /**
   * The reason, to follow a colon: {@code access is denied}, {@code no space left on device}. Paths
   * are not in it.
   *
   * @param e what reading or writing threw; what is no {@link IOException} is of the content
   */
  public static String reason(Exception e) {
    return switch (e) {
      case NoSuchFileException gone -> "it is not there";
      case AccessDeniedException denied -> "access is denied";
      case FileAlreadyExistsException there -> "something of that name is there already";
      case DirectoryNotEmptyException full -> "the folder is not empty";
      case NotDirectoryException file -> "it is not a folder";
      case CharacterCodingException text -> "its text is not UTF-8";
      case FileSystemException failed when failed.getReason() != null -> said(failed.getReason());
      case FileSystemException failed -> "the file system refused it";
      // What a stream says: the system's own words, at times behind the path.
      case IOException other -> said(lastPart(String.valueOf(e.getMessage()), other));
      default -> "its content is invalid";
    };
  }

  private static String lastPart(String message, IOException e) {
    int open = message.lastIndexOf('(');
    if (open >= 0 && message.endsWith(")")) {
      return message.substring(open + 1, message.length() - 1);
    }
    return e.getMessage() == null || message.indexOf('/') >= 0
        ? "an error of its disk (" + e.getClass().getSimpleName() + ")"
        : message;
  }

  /** The system's words within a sentence. */
  private static String said(String words) {
    String plain = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    boolean isWord =
        plain.length() > 1
            && Character.isUpperCase(plain.charAt(0))
            && Character.isLowerCase(plain.charAt(1));
    return isWord ? plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1) : plain;
  }
}
