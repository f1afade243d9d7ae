package io.twinloom.server.why;

import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.model.Device;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import io.twinloom.server.why.Step.Name;
import java.util.List;
import java.util.Optional;

/** The steps of a walk that are about reading what is stored. */
record ReadingSteps(Evidence evidence, WhyWalk.Question question) {

  Step tier() {
    if (question.from().isEmpty() && question.to().isEmpty()) {
      return Step.passed(Name.TIER, "No range was asked for.");
    }
    try {
      HistoryPage page =
          evidence.twin().control().query(range().property(question.property()).limit(1).build());
      if (!page.pending().isEmpty()) {
        return Step.failed(
            Name.TIER,
            Count.of(
                page.pending().size(),
                "chunk of the range must be restored before it can be read.",
                "chunks of the range must be restored before they can be read."),
            Optional.empty(),
            "Ask for them: 'twinloom restore', then wait "
                + page.pending().getFirst().takes()
                + ".");
      }
      if (page.items().isEmpty()) {
        return Step.failed(
            Name.TIER,
            "No tier has an item of the device in this range."
                + evidence.newest().map(n -> " The newest is of " + n + ".").orElse(""),
            Optional.empty(),
            "Ask for another range.");
      }
      return Step.passed(
          Name.TIER, "The range is in " + page.tiers().getFirst().tier() + " and can be read.");
    } catch (TwinloomException e) {
      return Step.failed(Name.TIER, e.what(), Optional.empty(), e.fix());
    }
  }

  private HistoryRequest.Builder range() {
    return evidence.request().from(question.from()).to(question.to());
  }

  Step componentType() {
    if (question.property().isEmpty()) {
      return Step.passed(Name.COMPONENT_TYPE, "No property was asked for.");
    }
    String property = question.property().get();
    List<String> known =
        evidence.configured().map(Device::properties).orElse(List.of()).stream()
            .map(Device.Property::name)
            .toList();
    if (known.contains(property)) {
      return Step.passed(Name.COMPONENT_TYPE, "The device has the property.");
    }
    return Step.failed(
        Name.COMPONENT_TYPE,
        "The device has no property \"" + property + "\"." + Names.nearest(property, known),
        Optional.empty(),
        "Use one of them, or add it to config_iot_devices.json.");
  }

  Step reader() {
    return evidence
        .unreadable()
        .map(e -> Step.failed(Name.READER, e.what(), Optional.empty(), e.fix()))
        .orElseGet(() -> Step.passed(Name.READER, "The readers answer."));
  }
}
