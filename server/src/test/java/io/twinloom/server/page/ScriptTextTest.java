package io.twinloom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScriptTextTest {

  private static void strips(String source, String wanted) {
    assertThat(ScriptText.strip(source)).isEqualTo(wanted);
  }

  @Test
  void commentsAndIndentationGo() {
    strips(
        "// head\nconst a = 1; /* one\n   two */\n  const b = a  +  2;\n",
        "const a=1;const b=a+2;");
    strips("a(); // end", "a();");
    strips("a() /* not closed", "a()");
  }

  @Test
  void namesStayApart() {
    strips("return  typeof   x", "return typeof x");
    strips("a in b, $c of _d", "a in b,$c of _d");
    strips("async  function  é()  {}", "async function é(){}");
  }

  @Test
  void signsThatWouldJoinStayApart() {
    strips("a + +b; a - -b; a + b; a++ + b", "a+ +b;a- -b;a+b;a++ +b");
  }

  @Test
  void aLineThatMayEndAStatementStillEnds() {
    strips("let a = b\nlet c = 1\nreturn\nx", "let a=b\nlet c=1\nreturn\nx");
    strips("a\n(b)\n[c]\n`d`\n+e\n-f", "a\n(b)\n[c]\n`d`\n+e\n-f");
    strips("if (a) {\n  b();\n}\nc();", "if(a){b();}\nc();");
  }

  @Test
  void aLineThatGoesOnIsJoined() {
    strips("a(\n  b,\n  c,\n)\n  .then(d)", "a(b,c,).then(d)");
    strips("const x = a\n  ? b\n  : c;", "const x=a?b:c;");
    strips("const f = () =>\n  g;", "const f=()=>g;");
  }

  @Test
  void textsStayAsTheyAre() {
    strips("a = 'x  // y';  b = \"/* \\\" */  \";", "a='x  // y';b=\"/* \\\" */  \";");
    strips("a = 'it\\'s  ' + b", "a='it\\'s  '+b");
  }

  @Test
  void templatesStayAsTheyAreAndExpressionsInThemAreStripped() {
    strips(
        "html`<p  class=\"a\">\n  ${ b ? html`<i>  ${ { c : 1 }.c }  // no comment </i>` : '' }  </p>`",
        "html`<p  class=\"a\">\n  ${b?html`<i>  ${{c:1}.c}  // no comment </i>`:''}  </p>`");
    strips("`\\`  \\${ a  }`", "`\\`  \\${ a  }`");
    strips("`${ `${ f({ a : { b } }) }` }  x`", "`${`${f({a:{b}})}`}  x`");
  }

  @Test
  void regularExpressionsStayAsTheyAreAndDivisionsAreNone() {
    strips("a.replace(/ [/\"'`]  \\/ /g, '') / 2 / b", "a.replace(/ [/\"'`]  \\/ /g,'')/2/b");
    strips("return / x /.test(y)", "return/ x /.test(y)");
    strips("const r = [ / a/, /b /i ]", "const r=[/ a/,/b /i]");
    strips("x = (a + b) / c / `2`", "x=(a+b)/c/`2`");
    strips("f = (t) => / {2}/.test(t)", "f=(t)=>/ {2}/.test(t)");
  }
}
