package io.twinloom.functions.settings;

import io.twinloom.model.Layer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The further clouds that a layer has while a twin is being changed: those on which its stores are
 * still read, or its devices still connect. In a function of such a cloud, the others are these.
 */
public final class PreviousClouds {

  /** Of a twin that is not being changed. */
  public static final PreviousClouds NONE = new PreviousClouds(Map.of());

  private final Map<Layer, List<String>> clouds;

  /**
   * @param clouds by layer, each in the order that settings count them in
   */
  PreviousClouds(Map<Layer, List<String>> clouds) {
    Map<Layer, List<String>> copy = new EnumMap<>(Layer.class);
    clouds.forEach((layer, of) -> copy.put(layer, List.copyOf(of)));
    this.clouds = Collections.unmodifiableMap(copy);
  }

  /** The names of a layer's further clouds; empty where it has none. */
  public List<String> of(Layer layer) {
    return clouds.getOrDefault(layer, List.of());
  }
}
