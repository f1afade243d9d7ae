package io.twinloom.model.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * In which encoding a ZIP has the names that it does not mark as UTF-8. The format says code page
 * 437; many programs write UTF-8 all the same, and Windows its own code page. Nothing in the ZIP
 * tells them apart but the names.
 */
final class ZipNames {

  /** Tried in this order, where the Java runtime has them. */
  private static final List<String> CODE_PAGES = List.of("IBM437", "windows-1252", "IBM850");

  private ZipNames() {}

  /** The first encoding in which all names are what people name files; UTF-8 where none is. */
  static Charset encodingOf(List<byte[]> names) {
    if (names.stream().allMatch(name -> isReadable(name, StandardCharsets.UTF_8, false))) {
      return StandardCharsets.UTF_8;
    }
    for (Charset charset : codePages()) {
      if (names.stream().allMatch(name -> isReadable(name, charset, true))) {
        return charset;
      }
    }
    return codePages().stream().findFirst().orElse(StandardCharsets.UTF_8);
  }

  private static List<Charset> codePages() {
    List<Charset> known = new ArrayList<>();
    for (String name : CODE_PAGES) {
      if (Charset.isSupported(name)) {
        known.add(Charset.forName(name));
      }
    }
    return known;
  }

  /**
   * @param letters whether all that is not ASCII must be letters: a name in the wrong code page has
   *     boxes and currency signs in their place
   */
  private static boolean isReadable(byte[] name, Charset charset, boolean letters) {
    try {
      String text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(name))
              .toString();
      return !letters || text.codePoints().allMatch(c -> c < 0x80 || isLetter(c));
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Small superscripts are letters to Unicode, and the ü of another code page here. */
  private static boolean isLetter(int c) {
    return Character.isLetter(c) && Character.getType(c) != Character.MODIFIER_LETTER;
  }
}
