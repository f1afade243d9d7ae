package io.twinloom.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The tree finds what a plain comparison of every filter finds, whatever was added and removed. */
class SubscriptionTreeProperties {

  /** A step: the client subscribes to the filter, or ends its subscription. */
  record Step(boolean add, int client, String filter) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(true, true, false),
            Arbitraries.integers().between(0, 3),
            levels("", "a", "b", "$s", "+", "#").filter(f -> TopicFilter.parse(f).isPresent()))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<String> topics() {
    return levels("", "a", "b", "$s").filter(topic -> !topic.isEmpty());
  }

  private static Arbitrary<String> levels(String... values) {
    return Arbitraries.of(values)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(levels -> String.join("/", levels));
  }

  @Property(tries = 2_000)
  void theTreeFindsWhatComparingFindsToo(
      @ForAll("steps") List<Step> steps, @ForAll("topics") String topic) {
    SubscriptionTree<Integer, String> tree = new SubscriptionTree<>();
    Map<Integer, Map<String, String>> plain = new HashMap<>();
    for (Step step : steps) {
      TopicFilter filter = TopicFilter.parse(step.filter()).orElseThrow();
      Map<String, String> own = plain.computeIfAbsent(step.client(), c -> new HashMap<>());
      if (step.add()) {
        tree.put(filter, step.client(), step.filter());
        own.put(step.filter(), step.filter());
      } else {
        tree.remove(filter, step.client());
        own.remove(step.filter());
      }
    }
    List<String> found = new ArrayList<>();
    tree.match(topic.split("/", -1), (client, filter) -> found.add(client + " " + filter));
    List<String> expected = new ArrayList<>();
    plain.forEach(
        (client, filters) -> {
          for (String filter : filters.keySet()) {
            if (matches(filter, topic)) {
              expected.add(client + " " + filter);
            }
          }
        });
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(tree.isEmpty()).isEqualTo(plain.values().stream().allMatch(Map::isEmpty));
  }

  /** The rules of MQTT 5, 4.7, as they read. */
  private static boolean matches(String filter, String topic) {
    if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
      return false;
    }
    if (filter.equals("#") || filter.equals(topic)) {
      return true;
    }
    String regex = "";
    String[] levels = filter.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      String level = levels[i];
      if (level.equals("#")) {
        return topic.matches(regex + "(/.*)?");
      }
      regex += (i == 0 ? "" : "/") + (level.equals("+") ? "[^/]*" : level.replace("$", "\\$"));
    }
    return topic.matches(regex);
  }

  @Property
  void aFilterIsRefusedWhereAWildcardIsPartOfALevelOrNotAtItsPlace(
      @ForAll("anything") String filter) {
    boolean allowed = !filter.isEmpty();
    String[] levels = filter.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      boolean wild = levels[i].contains("+") || levels[i].contains("#");
      boolean alone = levels[i].length() == 1;
      boolean last = i == levels.length - 1;
      allowed &= !wild || (alone && (last || !levels[i].equals("#")));
    }
    assertThat(TopicFilter.parse(filter).isPresent()).isEqualTo(allowed);
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.strings().withChars("a+#/é").ofMaxLength(8);
  }

  @Example
  void aFilterMatchesInHoweverManyCharactersALetterIsWritten() {
    SubscriptionTree<Integer, String> tree = new SubscriptionTree<>();
    tree.put(TopicFilter.parse("dt/ku\u0308che/commands").orElseThrow(), 1, "decomposed");
    tree.put(TopicFilter.parse("dt/küche/commands").orElseThrow(), 2, "composed");
    List<String> found = new ArrayList<>();

    tree.match(Topic.levels("dt/küche/commands"), (client, filter) -> found.add(filter));
    tree.match(Topic.levels("dt/ku\u0308che/commands"), (client, filter) -> found.add(filter));

    assertThat(found).hasSize(4).contains("decomposed", "composed");
  }

  @Example
  void charactersThatMqttForbidsAreRefused() {
    assertThat(TopicFilter.parse("a\0b")).isEmpty();
    assertThat(TopicFilter.parse("a\uFFFDb")).isEmpty();
  }
}
