package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud leaves a twin that has dead letters there. */
class LeavingLettersTest {

  private static final Provider OLD = KnownClouds.AWS;
  private static final Provider NEW = KnownClouds.GOOGLE;
  private static final Provider OTHER = KnownClouds.AZURE;

  @TempDir Path folder;

  private final RecordedOperations old = new RecordedOperations(OLD);
  private final RecordedOperations next = new RecordedOperations(NEW);
  private final RecordedOperations other = new RecordedOperations(OTHER);
  private final List<String> said = new ArrayList<>();
  private PreparedProject before;
  private PreparedProject after;

  @BeforeEach
  void moveAllFromOneCloud() {
    before = project("before", OLD);
    after = project("after", NEW);
    keep("aws-1", "mill-persister");
    keep("aws-2", "mill-hot-writer");
    keep("aws-3", "mill-forgotten");
    old.cannotReplay("aws-3");
  }

  /** With its tiers on a cloud of their own, and all else on one. */
  private PreparedProject project(String name, Provider cloud) {
    Path path = folder.resolve(name);
    Project project =
        ProjectBuilder.of("mill")
            .on(Layer.L1, cloud)
            .on(Layer.L2, cloud)
            .on(Layer.L3_HOT, OTHER)
            .on(Layer.L3_COLD, OTHER)
            .on(Layer.L3_ARCHIVE, OTHER)
            .without(Layer.L4)
            .without(Layer.L5)
            .readFrom(path);
    return new PreparedProject(path, name, project, Topology.of(project), List.of());
  }

  private void keep(String id, String function) {
    old.letters.put(
        id,
        DeadLetterEntry.of(id, OLD, Instant.parse("2026-03-01T00:00:00Z"))
            .function(function)
            .error("ValueError: too hot")
            .attempts(3)
            .event(JsonObject.builder().put("of", id).build())
            .build());
  }

  private LeavingLetters leaving() {
    return new LeavingLetters(
        before, after, Map.of(OLD, old, OTHER, other), Map.of(NEW, next, OTHER, other));
  }

  @Test
  @DisplayName("each dead letter goes to the cloud that carries its function now")
  void eachGoesWhereItsFunctionIs() {
    leaving().move(said::add);

    assertThat(old.letters).isEmpty();
    assertThat(next.letters.values())
        .extracting(DeadLetterEntry::function)
        .containsExactly("mill-persister", "mill-forgotten");
    assertThat(other.letters.values())
        .extracting(DeadLetterEntry::function)
        .containsExactly("mill-hot-writer");
    assertThat(said).containsExactly("3 dead letters of aws taken along");
  }

  @Test
  @DisplayName("one that its cloud would not replay is not replayed by the next cloud either")
  void whatWasNotReplayedIsNot() {
    leaving().move(said::add);

    String id =
        next.letters.values().stream()
            .filter(letter -> letter.function().equals("mill-forgotten"))
            .map(DeadLetterEntry::id)
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> next.replayable(id)).isInstanceOf(TwinloomException.class);
  }

  @Test
  @DisplayName("what was cut off between keeping and forgetting is there once")
  void repeatedItIsThereOnce() {
    DeadLetterEntry first = old.letters.get("aws-1");
    next.takeOver(first, Optional.of(first.function()));

    leaving().move(said::add);

    assertThat(next.letters).hasSize(2);
    assertThat(old.letters).isEmpty();
  }

  @Test
  @DisplayName("one that cannot be kept elsewhere stays, and the change stops")
  void whatCannotBeKeptStays() {
    next.refusal =
        Optional.of(
            new TwinloomException(
                DeployerError.CLOUD_REFUSED, "It is full.", "google", "Free space.", true, null));

    assertThatThrownBy(() -> leaving().move(said::add)).hasMessageContaining("It is full.");
    assertThat(old.letters).containsKey("aws-1");

    next.refusal = Optional.empty();
    leaving().move(said::add);
    assertThat(old.letters).isEmpty();
  }

  @Test
  @DisplayName("where no cloud leaves, no dead letter goes anywhere")
  void nothingGoes() {
    after = before;

    leaving().move(said::add);

    assertThat(old.letters).hasSize(3);
    assertThat(LeavingLetters.holders(before, after)).isEmpty();
  }

  @Test
  @DisplayName("what held them goes without a confirmation of its own, and locked")
  void theBucketIsNamed() {
    assertThat(LeavingLetters.holders(before, after)).containsExactly("aws:mill-dead-letters");
    PhaseRemovals removals =
        new PhaseRemovals(before, after, Set.of(), Set.of(), LeavingLetters.holders(before, after));
    assertThat(removals.leaving().get(OLD).all()).isTrue();
  }
}
