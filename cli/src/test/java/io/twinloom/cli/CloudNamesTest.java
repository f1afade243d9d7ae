package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What serves every cloud names none: a cloud joins by its conventions, its form of user code and
 * its support. Words that stay have a reason here; one that is found no more must go from the list.
 */
class CloudNamesTest {

  private static final List<String> MODULES =
      List.of("topology", "cost", "functions", "packaging", "deployer", "server", "cli");

  private static final String CLOUDS = "(?:(?<!dr)aws|azure|google|gcp|twinmaker|lambda|dynamo|s3)";

  private static final Pattern CLOUD = Pattern.compile(CLOUDS, Pattern.CASE_INSENSITIVE);

  /** With what is around it, for which it takes long to look in every line. */
  private static final Pattern WORD =
      Pattern.compile("[\\w.$-]*" + CLOUDS + "[\\w.$-]*", Pattern.CASE_INSENSITIVE);

  /**
   * Words that stay.
   *
   * @param file what the file's path ends with, as a regular expression
   * @param word the word, as a regular expression
   * @param reason why it stays
   */
  private record Accepted(String file, String word, String reason) {}

  private static final List<Accepted> ACCEPTED =
      List.of(
          new Accepted(".*", "[A-Z_]+_LAMBDA_NAME", "settings that the contract names"),
          new Accepted(
              "(RuleReader|LoneFile).java", "lambda", "a type of action in existing projects"),
          new Accepted(
              "Requirements.java|check_(imports|python).py",
              "(Form.)?PYTHON_(LAMBDA|AZURE|GOOGLE)|lambda_handler|azure|google",
              "forms of user code in existing projects, which run on every cloud"),
          new Accepted(
              "/(functions|deployer|server)/",
              "TwinMaker\\.?|iot-twinmaker",
              "the form in which every twin service is asked and answers"),
          new Accepted(".*", "docs.aws.amazon.com", "the source of such a form"),
          new Accepted(
              "(BodyLimits|ChunkPost|HostedFunction).java",
              "AWS",
              "whose limit it is that all bodies keep to: the least of all clouds"),
          new Accepted(
              "TerraformFiles.java", "s3|azurerm", "where Terraform itself can keep its state"),
          new Accepted("CircuitBreaker.java", "sre.google", "the source of an algorithm"),
          new Accepted("examples/[a-z]+/config_providers.json", "aws|azure|google\\.?", "examples"),
          new Accepted("/cost/prices/", ".*", "price lists, one for each cloud"),
          new Accepted(
              "(OptimizeCommand|WhatIfCommand|Placements|CostError).java",
              "aws|azure|google",
              "examples of a placement"),
          new Accepted("/server/web/vendor/", ".*", "libraries of others, unchanged"),
          new Accepted(
              "/server/web/(css/(base|parts).css|parts/marks.js)",
              "(--|(\\.sw|\\.pattern)?\\.)(aws|azure|google)",
              "colours and patterns of the page; a cloud without its own has the neutral ones"),
          new Accepted("/server/web/css/grid.css", "\\.dash\\.s3", "no cloud: a speed"),
          new Accepted(
              "/server/error-codes.json",
              ".*",
              "generated: the codes of all modules and their texts"),
          new Accepted("DeployerError.java", "deploying-to-aws.md", "the name of a page"),
          new Accepted(".*", "(features)?\\.?needs3DModel", "no cloud: a feature"));

  @Test
  void mainCodeNamesNoCloudWithoutAReason() throws IOException {
    List<String> named = new ArrayList<>();
    Set<Accepted> unused = new LinkedHashSet<>(ACCEPTED);
    for (String module : MODULES) {
      Path main = Path.of("..", module, "src", "main");
      if (Files.isDirectory(main)) {
        try (Stream<Path> files = Files.walk(main)) {
          files.filter(Files::isRegularFile).sorted().forEach(file -> look(file, named, unused));
        }
      }
    }
    assertThat(named).as("words that name a cloud").isEmpty();
    assertThat(unused).as("accepted, and not found").isEmpty();
  }

  private static void look(Path file, List<String> named, Set<Accepted> unused) {
    int number = 0;
    String path = file.toString().replace('\\', '/');
    for (String line : lines(file)) {
      number++;
      if (!CLOUD.matcher(line).find()) {
        continue;
      }
      Matcher matcher = WORD.matcher(line);
      while (matcher.find()) {
        String word = matcher.group();
        List<Accepted> accepting =
            ACCEPTED.stream()
                .filter(a -> path.matches(".*(" + a.file() + ").*") && word.matches(a.word()))
                .toList();
        unused.removeAll(accepting);
        if (accepting.isEmpty()) {
          named.add(file + ":" + number + ": " + word);
        }
      }
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
