package io.twinloom.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.json.Utf8;
import io.twinloom.model.text.UserText.EncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTextTest {

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws EncodingException {
    assertThat(UserText.decode("\ufeff{}\r\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("{}\r\n");
    assertThat(UserText.decode(new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void aWideEncodingIsNamed(String encoding) {
    String name = encoding.substring(0, 6);
    for (String text : new String[] {"six==1.17\r\n", "{}", "\ufeff[\"é\"]"}) {
      assertThat(refusal(text.getBytes(Charset.forName(encoding))).what())
          .isEqualTo("The file is in " + name + ", not in UTF-8.");
    }
  }

  @Test
  void aByteThatIsNoUtf8IsNamedWithItsPlace() {
    EncodingException refusal =
        refusal("a\nb\ngr\u00f6\u00dfe".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusal.line()).isEqualTo(3);
    assertThat(refusal.what()).contains("byte 0xF6, byte 3 of line 3");
  }

  @Test
  void aPythonFileMayDeclareItsEncoding() throws EncodingException {
    byte[] latin = "# -*- coding: latin-1 -*-\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(UserText.declared(latin)).endsWith("café\n");
    assertThat(UserText.declaredName(latin)).contains("latin-1");
    assertThat(UserText.declared("\ufeffé".getBytes(StandardCharsets.UTF_8))).isEqualTo("é");
    assertThat(
            catchThrowableOfType(
                    EncodingException.class,
                    () -> UserText.declared("# coding: klingon\n".getBytes(StandardCharsets.UTF_8)))
                .what())
        .contains("\"klingon\", which is not known");
  }

  @Test
  void aZeroByteAloneMakesNoWideEncoding() throws EncodingException {
    assertThat(UserText.decode(new byte[] {'a', 'b', 'c', 0, 'd'})).isEqualTo("abc\0d");
  }

  @Property(tries = 200)
  void whatIsDecodedIsWhatWasWritten(@ForAll String text) throws EncodingException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String written = new String(bytes, StandardCharsets.UTF_8);
    if (Utf8.wideEncoding(bytes).isEmpty() && !written.startsWith("\ufeff")) {
      assertThat(UserText.decode(bytes)).isEqualTo(written);
    }
  }

  private static EncodingException refusal(byte[] bytes) {
    return catchThrowableOfType(EncodingException.class, () -> UserText.decode(bytes));
  }
}
