package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannedChangesTest {

  private static List<Change> changes(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new Change(Action.REMOVE, "aws_thing." + i, "thing " + i, true, false))
        .toList();
  }

  @Test
  void aMessageNamesFiveChangesAndCountsTheOthers() {
    assertThat(PlannedChanges.words(changes(1))).isEqualTo("thing 1");
    assertThat(PlannedChanges.words(changes(5)))
        .isEqualTo("thing 1, thing 2, thing 3, thing 4, thing 5");
    assertThat(PlannedChanges.words(changes(7)))
        .isEqualTo("thing 1, thing 2, thing 3, thing 4, thing 5 and 2 more");
  }
}
