package io.twinloom.topology.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Features;
import io.twinloom.model.Placement;
import io.twinloom.topology.Projects;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlanMermaidTest {
  private static final Pattern NODE = Pattern.compile("^ +(\\w+)[\\[(].*");
  private static final Pattern ARROW =
      Pattern.compile(
          "^  (\\w+)(\\(\\[.*?\\]\\))? (?:-->|==>\\|\\w+\\|) (\\w+)(\\(\\[.*?\\]\\))?$");

  @Test
  void cloudsAreBoxesAndCrossingsAreThickArrows() {
    Placement apart =
        Projects.placement("aws", "azure", "google", "google", "google", "none", "google");
    assertThat(PlanMermaid.of(Topology.of(Projects.project(apart, Features.NONE, false))))
        .isEqualTo(
            """
            flowchart LR
              devices([devices])
              subgraph aws
                f0["mill-dispatcher"]
                f1["mill-connector"]
              end
              subgraph azure
                f2["mill-ingestion"]
                f3["mill-processor"]
                f4["mill-saw-processor"]
                f5["mill-default-processor"]
                f6["mill-persister"]
              end
              subgraph google
                f7["mill-hot-writer"]
                f8["mill-hot-reader"]
                f9["mill-hot-reader-last-entry"]
                f10["mill-hot-to-cold-mover"]
                f11["mill-cold-to-archive-mover"]
                s0[("mill-hot-iot-data")]
                s1[("mill-cold-iot-data")]
                s2[("mill-archive-iot-data")]
              end
              devices --> f0
              f0 --> f1
              f2 --> f3
              f3 --> f4
              f3 --> f5
              f3 --> f6
              f7 --> s0
              s0 --> f8
              s0 --> f9
              s0 --> f10
              f10 --> s1
              s1 --> f11
              f11 --> s2
              f1 ==>|aws_l1_to_azure_l2| f2
              f6 ==>|azure_l2_to_gcp_l3| f7
              view_google(["readers on google"]) ==>|gcp_l3_to_gcp_l5_hot_reader| f8
              view_google(["readers on google"]) ==>|gcp_l3_to_gcp_l5_hot_reader_last_entry| f9
              classDef exposed stroke-width:3px
              class f2,f7,f8,f9 exposed
            """);
  }

  @Test
  void everyArrowOfEveryPlanHasBothEnds() {
    List<String> wrong = new ArrayList<>();
    for (Placement placement : Projects.placements()) {
      String picture =
          PlanMermaid.of(Topology.of(Projects.project(placement, Projects.ALL_ON, true)));
      Set<String> nodes = new HashSet<>();
      for (String line : picture.lines().toList()) {
        Matcher node = NODE.matcher(line);
        if (node.matches()) {
          nodes.add(node.group(1));
        }
        Matcher arrow = ARROW.matcher(line);
        if (arrow.matches()) {
          if (!(arrow.group(2) != null || nodes.contains(arrow.group(1)))
              || !(arrow.group(4) != null || nodes.contains(arrow.group(3)))) {
            wrong.add(line + " of " + placement);
          }
        } else if (line.contains(">")) {
          wrong.add(line + " of " + placement);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
