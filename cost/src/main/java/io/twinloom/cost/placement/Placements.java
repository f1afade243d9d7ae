package io.twinloom.cost.placement;

import io.twinloom.cost.error.CostError;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Other placements of a project. A layer that a twin lacks it lacks in every placement. */
public final class Placements {

  private Placements() {}

  /** The project with another placement. */
  public static Project placed(Project project, Placement placement) {
    return project.withPlacement(placement);
  }

  /** A placement with layers moved. */
  public static Placement moved(Placement placement, Map<Layer, Provider> moves) {
    return new Placement(
        place(placement, moves, Layer.L1),
        place(placement, moves, Layer.L2),
        place(placement, moves, Layer.L3_HOT),
        place(placement, moves, Layer.L3_COLD),
        place(placement, moves, Layer.L3_ARCHIVE),
        optional(placement, moves, Layer.L4),
        optional(placement, moves, Layer.L5));
  }

  private static Provider place(Placement placement, Map<Layer, Provider> moves, Layer layer) {
    return optional(placement, moves, layer).orElseThrow();
  }

  private static Optional<Provider> optional(
      Placement placement, Map<Layer, Provider> moves, Layer layer) {
    return Optional.ofNullable(moves.get(layer)).or(() -> placement.of(layer));
  }

  /**
   * Every placement of a project's layers over these clouds, those of the pins fixed; the project's
   * own order of clouds, the last layer changing first.
   */
  public static List<Placement> all(
      Placement placement, List<Provider> clouds, Map<Layer, Provider> pins) {
    List<Map<Layer, Provider>> choices = new ArrayList<>();
    choices.add(Map.of());
    for (Layer layer : Layer.values()) {
      if (placement.of(layer).isPresent()) {
        Provider pinned = pins.get(layer);
        List<Provider> possible = pinned == null ? clouds : List.of(pinned);
        List<Map<Layer, Provider>> longer = new ArrayList<>();
        for (Map<Layer, Provider> choice : choices) {
          for (Provider cloud : possible) {
            Map<Layer, Provider> next = new EnumMap<>(Layer.class);
            next.putAll(choice);
            next.put(layer, cloud);
            longer.add(next);
          }
        }
        choices = longer;
      }
    }
    return choices.stream().map(choice -> moved(placement, choice)).toList();
  }

  /**
   * Reads assignments such as {@code l3_cold=google}.
   *
   * @throws TwinloomException if a layer or a cloud is not known, or the twin lacks the layer
   */
  public static Map<Layer, Provider> parse(List<String> assignments, Placement placement) {
    Map<Layer, Provider> read = new EnumMap<>(Layer.class);
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      String name = equals < 0 ? assignment : assignment.substring(0, equals);
      Layer layer =
          Arrays.stream(Layer.values())
              .filter(l -> id(l).equals(name.trim().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() -> wrong("There is no layer \"" + name + "\".", assignment));
      if (placement.of(layer).isEmpty()) {
        throw wrong("The twin has no " + layer.title() + ".", assignment);
      }
      String cloud = equals < 0 ? "" : assignment.substring(equals + 1).trim();
      Provider provider =
          Provider.of(cloud)
              .orElseThrow(() -> wrong("There is no cloud \"" + cloud + "\".", assignment));
      read.put(layer, provider);
    }
    return read;
  }

  /**
   * The same from an object, such as {@code {"l3_cold": "google"}}.
   *
   * @throws TwinloomException likewise, or if a value is not a text
   */
  public static Map<Layer, Provider> parse(JsonObject assignments, Placement placement) {
    List<String> read = new ArrayList<>();
    assignments
        .members()
        .forEach((layer, value) -> read.add(layer + "=" + assignments.text(layer).orElse("")));
    return parse(read, placement);
  }

  private static TwinloomException wrong(String what, String where) {
    return new TwinloomException(
        CostError.PLACEMENT_INVALID,
        what,
        where,
        "Write LAYER=CLOUD with "
            + String.join(", ", Arrays.stream(Layer.values()).map(Placements::id).toList())
            + " and "
            + String.join(", ", Provider.ids())
            + ".");
  }

  /**
   * A layer's name on the command line and in results: {@code l1} … {@code l3_hot} … {@code l5}.
   */
  public static String id(Layer layer) {
    return layer.title().toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
