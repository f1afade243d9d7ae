package io.twinloom.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Names.Thing;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.UniqueElements;

class NamesProperties {

  @Property(tries = 2000)
  void everyNameIsLegalOnEveryCloud(
      @ForAll("names") String name, @ForAll("clouds") Provider cloud, @ForAll Thing thing) {
    assertThat(legal(cloud, thing, Names.cloudName(cloud, thing, name)))
        .as(Names.cloudName(cloud, thing, name))
        .isTrue();
  }

  @Property(tries = 2000)
  void cleaningACleanNameChangesNothing(
      @ForAll("names") String name, @ForAll("clouds") Provider cloud, @ForAll Thing thing) {
    String once = Names.cloudName(cloud, thing, name);
    assertThat(Names.cloudName(cloud, thing, once)).isEqualTo(once);
  }

  @Property(tries = 200)
  void differentNamesStayDifferent(
      @ForAll("clouds") Provider cloud,
      @ForAll Thing thing,
      @ForAll @UniqueElements List<@From("names") String> names) {
    assertThat(names.stream().map(name -> Names.cloudName(cloud, thing, name)))
        .doesNotHaveDuplicates();
  }

  /** Names as they are made: a twin's, a device's or nothing, and what it is. */
  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> twin =
        Arbitraries.oneOf(
            Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("-_")
                .ofMinLength(1)
                .ofMaxLength(40),
            Arbitraries.of(
                "google", "goog", "goOgle", "gogoogleogle", "windows", "login-mill", "xn--a", "-"));
    Arbitrary<String> device =
        Arbitraries.strings().ofMinLength(1).ofMaxLength(64).filter(Names::isDeviceId);
    Arbitrary<String> middle = Arbitraries.oneOf(Arbitraries.just(""), device.map(d -> "-" + d));
    Arbitrary<String> end =
        Arbitraries.of("-processor", "-cold-iot-data", "-hot-reader-last-entry", "-s3alias");
    return Combinators.combine(twin, middle, end).as((t, m, e) -> t + m + e);
  }

  @Provide
  Arbitrary<Provider> clouds() {
    return Arbitraries.of(Provider.all());
  }

  private static boolean legal(Provider cloud, Thing thing, String name) {
    return switch (thing) {
      case FUNCTION ->
          switch (cloud.id()) {
            case "aws" -> name.matches("[a-zA-Z0-9-_]{1,64}");
            case "azure" ->
                name.matches("[a-z][a-z0-9-]{0,58}[a-z0-9]")
                    && !name.contains("windows")
                    && !name.contains("microsoft")
                    && !name.startsWith("login");
            case "google" -> name.matches("[a-z][a-z0-9-]{2,61}[a-z0-9]");
            default -> throw new IllegalStateException(cloud.id());
          };
      case BUCKET ->
          switch (cloud.id()) {
            case "aws" ->
                name.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
                    && !name.startsWith("xn--")
                    && !name.endsWith("-s3alias");
            case "azure" -> name.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]") && !name.contains("--");
            case "google" ->
                name.matches("[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]")
                    && !name.startsWith("goog")
                    && !Pattern.compile("g[0o][0o]gle").matcher(name).find();
            default -> throw new IllegalStateException(cloud.id());
          };
      case DEVICE ->
          switch (cloud.id()) {
            case "aws" -> name.matches("[a-zA-Z0-9_-]{1,128}");
            case "azure" -> name.matches("[a-zA-Z0-9._-]{1,128}");
            case "google" ->
                name.matches("[a-zA-Z][a-zA-Z0-9._-]{2,254}") && !name.startsWith("goog");
            default -> throw new IllegalStateException(cloud.id());
          };
      case TWIN_ENTITY ->
          switch (cloud.id()) {
            case "aws" -> name.matches("[a-zA-Z0-9][a-zA-Z0-9_.:-]{0,126}[a-zA-Z0-9]");
            case "azure" -> name.matches("[a-zA-Z0-9._-]{1,128}");
            case "google" -> name.matches("[a-zA-Z0-9_.-]{1,1500}");
            default -> throw new IllegalStateException(cloud.id());
          };
      case TWIN_COMPONENT ->
          switch (cloud.id()) {
            case "aws" -> name.matches("[a-zA-Z_0-9-]{1,128}");
            case "azure" -> name.matches("[a-zA-Z0-9._-]{1,128}");
            case "google" -> name.matches("[a-zA-Z0-9_.-]{1,1500}");
            default -> throw new IllegalStateException(cloud.id());
          };
      case HOT_TABLE -> name.matches("[a-zA-Z0-9_.-]{3,255}");
      case TWIN_GRAPH ->
          switch (cloud.id()) {
            case "aws" ->
                name.matches("[a-zA-Z_0-9][a-zA-Z_\\-0-9]*[a-zA-Z0-9]+") && name.length() <= 128;
            case "azure" -> name.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
            case "google" -> name.matches("[a-zA-Z0-9_.-]{1,1500}");
            default -> throw new IllegalStateException(cloud.id());
          };
    };
  }
}
