package io.twinloom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StyleTextTest {

  @Test
  void commentsAndIndentationGoAndSelectorsKeepTheirBlanks() {
    assertThat(
            StyleText.strip(
                "/* a */\n.a :hover ,\n.b > .c {\n  color : red;\n  margin: 0 auto;\n}\n@media (min-width: 1px) { .d { x: y; } }\n"))
        .isEqualTo(
            ".a :hover,.b > .c{color : red;margin: 0 auto}@media (min-width: 1px){.d{x: y}}");
  }

  @Test
  void textsStayAsTheyAre() {
    assertThat(StyleText.strip(".a::before { content: \" ;  /* x */ }\"; }"))
        .isEqualTo(".a::before{content: \" ;  /* x */ }\"}");
  }
}
