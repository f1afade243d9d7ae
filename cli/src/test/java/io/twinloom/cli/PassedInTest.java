package io.twinloom.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a test must be able to choose is given to a class, and not taken by it. */
class PassedInTest {

  /** Where the program is put together: its commands, a function on AWS, the runner's main. */
  private static final String PUT_TOGETHER =
      "io\\.twinloom\\.(cli\\.command\\..*|cli\\.terminal\\.Terminal|local\\.Ambient"
          + "|aws\\.(AwsPorts|FunctionHandler).*|runner\\..*)";

  @Test
  void clockRandomnessAndIdsArePassedInButWhereTheProgramIsPutTogether() {
    noClasses()
        .that()
        .haveNameNotMatching(PUT_TOGETHER)
        .and()
        .resideOutsideOfPackages("io.twinloom.testkit..", "io.twinloom.bench..")
        .should()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(SecureRandom.class)
        .check(ProductClasses.ALL);
  }
}
