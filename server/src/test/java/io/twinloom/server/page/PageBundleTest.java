package io.twinloom.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageBundleTest {

  private final Map<String, String> files = new HashMap<>();

  @BeforeEach
  void page() {
    files.put(
        "index.html",
        """
        <link rel="stylesheet" href="web/css/a.css">
        <link rel="stylesheet" href="web/css/b.css">
        <link rel="modulepreload" href="web/vendor/x.js">
        <script type="module" src="web/main.js"></script>
        """);
    files.put("css/a.css", ".a { b: c; }");
    files.put("css/b.css", ".d { e: f; }");
    files.put("css/screens.css", ".g { h: i; }");
    files.put(
        "main.js",
        """
        import { one, two as second } from './lib/a.js';
        import * as whole from './lib/b.js';
        one(second, whole.three);
        export const show = () => import('./screens/s.js').then((m) => m.Screen);
        """);
    files.put(
        "lib/a.js",
        "import { three } from './b.js';\nexport function one() {}\nexport const two = three;\n");
    files.put("lib/b.js", "// three\nexport const three = 3;\nexport async function four() {}\n");
    files.put(
        "screens/s.js",
        """
        import { html } from '../lib/html.js';
        import { two } from '../lib/a.js';
        export class Screen {}
        const viewer = () => import('../vendor/big.js');
        const other = () => import('../main.js');
        const part = () => import('../parts/t.js');
        """);
    files.put("screens/r.js", "import { html } from '../lib/html.js';\nexport const R = html;\n");
    files.put(
        "parts/t.js", "export const T = 1;\nexport const r = () => import('../screens/r.js');\n");
    files.put("lib/html.js", "export {\n  html, x as y,\n} from '../vendor/x.js';\n");
    files.put("vendor/x.js", "var a=1,b=2;export{a as html,b as x};");
  }

  private Map<String, String> made() {
    return PageBundle.of(path -> Objects.requireNonNull(files.get(path), path));
  }

  @Test
  void modulesStandInTheOrderOfTheirImportsEachWithItsOwnNames() {
    assertThat(made().get("app.js"))
        .isEqualTo(
            """
            const $0=(()=>{const three=3;async function four(){}
            return {three,four}})();
            const $1=(()=>{const {three}=$0;function one(){}
            const two=three;
            return {one,two}})();
            const $2=(()=>{const {one,two:second}=$1;const whole=$0;one(second,whole.three);const show=()=>import('./s.js').then((all)=>all.$5).then((m)=>m.Screen);
            return {show}})();
            export {$0,$1,$2};
            """);
  }

  @Test
  void aScreenIsAFileThatTakesFromTheFirstAndFromWhatScreensShare() {
    assertThat(made().get("s.js"))
        .startsWith("import {$1} from './app.js';\nimport {$4} from './shared.js';\nconst $5=")
        .contains("const {html}=$4;const {two}=$1;")
        .contains("import('./vendor/big.js')")
        .contains("import('./app.js').then((all)=>all.$2)")
        .contains("import('./parts.js').then((all)=>all.$6)")
        .endsWith("export {$5};\n");
    assertThat(made().get("r.js"))
        .startsWith("import {$4} from './shared.js';\nconst $7=")
        .endsWith("export {$7};\n");
  }

  @Test
  void whatTwoScreensNeedIsInTheSharedFile() {
    assertThat(made().get("shared.js"))
        .startsWith("const $3=(()=>{var a=1,b=2;\nreturn {html:a,x:b}})();\n")
        .contains("const {html,x}=$3;", "return {html,y:x}")
        .endsWith("export {$3,$4};\n");
  }

  @Test
  void whatIsNoScreenIsInTheFileOfParts() {
    assertThat(made().get("parts.js"))
        .contains("const T=1;", "import('./r.js').then((all)=>all.$7)")
        .endsWith("export {$6};\n");
  }

  @Test
  void theDocumentHasOneStyleSheetAndOneScript() {
    assertThat(made().get("index.html"))
        .isEqualTo(
            "<link rel=\"stylesheet\" href=\"web/app.css\">\n"
                + "<script type=\"module\" src=\"web/app.js\"></script>\n");
    assertThat(made().get("app.css")).isEqualTo(".a{b: c}.d{e: f}");
    assertThat(made().get("css/screens.css")).isEqualTo(".g{h: i}");
  }

  @Test
  void modulesThatImportEachOtherAreRefused() {
    files.put("lib/b.js", "import { one } from './a.js';\nexport const three = one;\n");
    assertThatThrownBy(this::made)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lib/a.js, lib/b.js");
  }
}
