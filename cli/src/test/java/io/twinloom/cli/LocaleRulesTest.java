package io.twinloom.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.text.NumberFormat;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the user's locale must not decide. */
class LocaleRulesTest {

  @Test
  @DisplayName("a twin runs in a locale that has digits of its own")
  void everyFormatNamesItsLocale() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.twinloom.testkit..")
        .should()
        .callMethod(String.class, "formatted", Object[].class)
        .orShould()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethod(NumberFormat.class, "getInstance")
        .orShould()
        .callMethod(Locale.class, "getDefault")
        .because("names of files, ids and commands have ASCII digits in every locale")
        .check(ProductClasses.ALL);
  }
}
