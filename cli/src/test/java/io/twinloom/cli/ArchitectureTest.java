package io.twinloom.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.twinloom.model.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which module may use which, see docs/architecture.md, and how classes are made. */
class ArchitectureTest {

  /**
   * A module's package, and the packages of the modules that it may use; the command and the kit of
   * tests, which may use all, are beside it.
   */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("io.twinloom.api", Set.of()),
          Map.entry("io.twinloom.runner", Set.of("io.twinloom.api")),
          Map.entry("io.twinloom.json", Set.of()),
          Map.entry("io.twinloom.model", Set.of("io.twinloom.json", "io.twinloom.api")),
          Map.entry("io.twinloom.topology", with()),
          Map.entry("io.twinloom.cost", with("io.twinloom.topology")),
          Map.entry("io.twinloom.functions", with()),
          Map.entry(
              "io.twinloom.packaging",
              with("io.twinloom.topology", "io.twinloom.api", "io.twinloom.runner")),
          Map.entry("io.twinloom.deployer", with("io.twinloom.topology", "io.twinloom.packaging")),
          Map.entry("io.twinloom.serverless", with("io.twinloom.functions")),
          Map.entry("io.twinloom.aws", with("io.twinloom.serverless", "io.twinloom.functions")),
          Map.entry(
              "io.twinloom.aws.deploy",
              with(
                  "io.twinloom.aws",
                  "io.twinloom.serverless",
                  "io.twinloom.deployer",
                  "io.twinloom.packaging",
                  "io.twinloom.topology",
                  "io.twinloom.functions")),
          Map.entry("io.twinloom.http", Set.of()),
          Map.entry(
              "io.twinloom.server",
              with(
                  "io.twinloom.http",
                  "io.twinloom.cost",
                  "io.twinloom.deployer",
                  "io.twinloom.packaging",
                  "io.twinloom.topology")),
          Map.entry("io.twinloom.mqtt", Set.of()),
          Map.entry("io.twinloom.worker", Set.of("io.twinloom.runner", "io.twinloom.api")),
          Map.entry(
              "io.twinloom.local",
              with(
                  "io.twinloom.http",
                  "io.twinloom.mqtt",
                  "io.twinloom.worker",
                  "io.twinloom.functions",
                  "io.twinloom.topology")),
          Map.entry(
              "io.twinloom.local.deploy",
              with(
                  "io.twinloom.local",
                  "io.twinloom.mqtt",
                  "io.twinloom.deployer",
                  "io.twinloom.topology",
                  "io.twinloom.packaging",
                  "io.twinloom.functions")));

  /** What may use any module, but is used by none. */
  private static final Set<String> ABOVE = Set.of("io.twinloom.cli", "io.twinloom.testkit");

  private static final int MOST_PARTS = 8;

  private static final List<String> CLOUDS = List.of("aws", "azure", "google", "local");

  private static Set<String> with(String... modules) {
    Set<String> all = new HashSet<>(Set.of(modules));
    all.add("io.twinloom.model");
    all.add("io.twinloom.json");
    return all;
  }

  @Test
  void everyModuleUsesOnlyThoseItMay() {
    check(classes().should(useOnlyWhatTheirModuleMay()));
  }

  @Test
  void userCodesInterfaceDependsOnNothing() {
    check(
        classes()
            .that()
            .resideInAPackage("io.twinloom.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "io.twinloom.api..", "java.lang..", "java.util..", "org.jspecify.."));
  }

  @Test
  void functionsImportNoCloud() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.twinloom.functions..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.twinloom.local..",
                "io.twinloom.aws..",
                "io.twinloom.azure..",
                "io.twinloom.google..",
                "io.vertx..",
                "java.sql..",
                "java.net.http.."));
  }

  @Test
  void cloudsNeverImportEachOther() {
    for (String cloud : CLOUDS) {
      if (!hasClasses("io.twinloom." + cloud)) {
        continue;
      }
      String[] others =
          CLOUDS.stream()
              .filter(c -> !c.equals(cloud))
              .map(c -> "io.twinloom." + c + "..")
              .toArray(String[]::new);
      check(
          noClasses()
              .that()
              .resideInAPackage("io.twinloom." + cloud + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others));
    }
  }

  @Test
  void theTopologyIsPure() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.twinloom.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.io..",
                "java.nio.file..",
                "java.net.http..",
                "java.sql..",
                "java.time..",
                "java.util.concurrent.."));
  }

  @Test
  void nothingIsFiledUnderANameThatSaysNothing() {
    check(
        noClasses()
            .should()
            .resideInAnyPackage(
                "..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..manager.."));
  }

  @Test
  void modulesHaveNoCycles() {
    check(slices().matching("io.twinloom.(*)..").should().beFreeOfCycles());
  }

  @Test
  void packagesHaveNoCyclesWithinAnyModule() {
    for (String module : modules()) {
      check(slices().assignedFrom(packagesOf(module)).should().beFreeOfCycles());
    }
  }

  @Test
  void whatServesEveryCloudNamesNone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.twinloom.model.cloud..",
                "io.twinloom.aws..",
                "io.twinloom.azure..",
                "io.twinloom.google..",
                "io.twinloom.testkit..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.twinloom.model.cloud.KnownClouds"));
  }

  @Test
  void theCommandKnowsNoCloudOfItsOwnName() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.twinloom.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.twinloom.aws..", "io.twinloom.azure..", "io.twinloom.google.."));
  }

  /** The packages of one module, each a slice: those of modules below it are not among them. */
  private static SliceAssignment packagesOf(String module) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass one) {
        return module(one.getPackageName()).filter(module::equals).isPresent()
            ? SliceIdentifier.of(one.getPackageName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + module;
      }
    };
  }

  private static Set<String> modules() {
    Set<String> all = new TreeSet<>(MAY_USE.keySet());
    all.addAll(ABOVE);
    return all;
  }

  private static boolean hasClasses(String packageName) {
    return ProductClasses.ALL.stream().anyMatch(c -> c.getPackageName().startsWith(packageName));
  }

  @Test
  void workersPackagesHaveNoCycles() {
    check(slices().matching("io.twinloom.worker.(*)..").should().beFreeOfCycles());
    check(
        noClasses()
            .that()
            .resideInAPackage("io.twinloom.worker.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.twinloom.worker"));
  }

  @Test
  void localPackagesHaveNoCycles() {
    check(slices().matching("io.twinloom.local.(*)..").should().beFreeOfCycles());
    check(
        noClasses()
            .that()
            .resideInAPackage("io.twinloom.local.*..")
            .and()
            .resideOutsideOfPackage("io.twinloom.local.deploy..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.twinloom.local"));
  }

  @Test
  void noConstructorHasMorePartsThanCanBeToldApartByTheirPlace() {
    List<String> tooLong =
        ProductClasses.ALL.stream()
            .filter(type -> !type.isAnonymousClass() && !type.isLocalClass())
            .flatMap(type -> type.getConstructors().stream())
            .filter(
                constructor ->
                    constructor.getRawParameterTypes().size() - hidden(constructor.getOwner())
                        > MOST_PARTS)
            .map(constructor -> constructor.getFullName())
            .toList();
    assertThat(tooLong).as("constructors of more than %d parts", MOST_PARTS).isEmpty();
  }

  /** What the compiler adds: an enum constant's name and number, an inner class's outer object. */
  private static int hidden(JavaClass type) {
    if (type.isEnum()) {
      return 2;
    }
    return type.isInnerClass() && !type.getModifiers().contains(JavaModifier.STATIC) ? 1 : 0;
  }

  @Test
  void codesOfErrorsAreFoundByTheirName() {
    check(
        classes()
            .that()
            .areEnums()
            .and()
            .implement(ErrorCode.class)
            .should()
            .haveSimpleNameEndingWith(ErrorCodesTest.SUFFIX));
  }

  private static void check(ArchRule rule) {
    rule.check(ProductClasses.ALL);
  }

  private static ArchCondition<JavaClass> useOnlyWhatTheirModuleMay() {
    return new ArchCondition<>("use only what their module may") {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        Optional<String> from = module(one.getPackageName());
        if (from.isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  one, one.getName() + " is in a package of ours that no module here has"));
          return;
        }
        Set<String> allowed = MAY_USE.getOrDefault(from.get(), MAY_USE.keySet());
        one.getDirectDependenciesFromSelf()
            .forEach(
                use -> {
                  String target = use.getTargetClass().getPackageName();
                  Optional<String> to = module(target);
                  boolean own = target.startsWith("io.twinloom");
                  boolean fine =
                      !own || to.equals(from) || to.isPresent() && allowed.contains(to.get());
                  if (!fine) {
                    events.add(SimpleConditionEvent.violated(one, use.getDescription()));
                  }
                });
      }
    };
  }

  /** The module of a package: the longest of those whose package it is in. */
  private static Optional<String> module(String packageName) {
    return new TreeSet<>(modules())
        .descendingSet().stream()
            .filter(m -> packageName.equals(m) || packageName.startsWith(m + "."))
            .findFirst();
  }
}
