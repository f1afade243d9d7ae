package io.twinloom.mqtt;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds who subscribed to a topic, in time that depends on the topic's depth and not on the number
 * of subscriptions. Confined to the server's event loop.
 *
 * @param <S> who subscribes
 * @param <O> with which options
 */
final class SubscriptionTree<S, O> {

  private static final class Node<S, O> {
    private final Map<String, Node<S, O>> children = new HashMap<>();
    private final Map<S, O> subscribers = new LinkedHashMap<>();

    boolean empty() {
      return children.isEmpty() && subscribers.isEmpty();
    }
  }

  private final Node<S, O> root = new Node<>();

  boolean isEmpty() {
    return root.empty();
  }

  /** Adds the subscription, or gives it other options. */
  void put(TopicFilter filter, S subscriber, O options) {
    Node<S, O> node = root;
    for (String level : filter.levels()) {
      node = node.children.computeIfAbsent(level, l -> new Node<>());
    }
    node.subscribers.put(subscriber, options);
  }

  void remove(TopicFilter filter, S subscriber) {
    remove(root, filter.levels(), 0, subscriber);
  }

  private void remove(Node<S, O> node, String[] levels, int depth, S subscriber) {
    if (depth == levels.length) {
      node.subscribers.remove(subscriber);
      return;
    }
    Node<S, O> child = node.children.get(levels[depth]);
    if (child == null) {
      return;
    }
    remove(child, levels, depth + 1, subscriber);
    if (child.empty()) {
      node.children.remove(levels[depth]);
    }
  }

  /**
   * Calls {@code found} for each subscription that matches the topic; a subscriber with several
   * that do is given several times.
   */
  void match(String[] topic, BiConsumer<S, O> found) {
    match(root, topic, 0, found);
  }

  private void match(Node<S, O> node, String[] topic, int depth, BiConsumer<S, O> found) {
    // A wildcard at the start does not match the server's own topics [MQTT-4.7.2-1].
    boolean wild = depth > 0 || !topic[0].startsWith("$");
    if (wild) {
      // "a/#" also matches "a" itself.
      give(node.children.get(TopicFilter.REST), found);
    }
    if (depth == topic.length) {
      give(node, found);
      return;
    }
    Node<S, O> exact = node.children.get(topic[depth]);
    if (exact != null) {
      match(exact, topic, depth + 1, found);
    }
    Node<S, O> any = wild ? node.children.get(TopicFilter.ONE_LEVEL) : null;
    if (any != null) {
      match(any, topic, depth + 1, found);
    }
  }

  private void give(@Nullable Node<S, O> node, BiConsumer<S, O> found) {
    if (node != null) {
      node.subscribers.forEach(found);
    }
  }
}
