package io.twinloom.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * Decides what a client that may connect may do with topics that are routed. Called on the event
 * loop, so it must not block.
 */
public interface Authorizer {

  /** Lets every client publish and subscribe to all. */
  Authorizer ANYTHING =
      new Authorizer() {
        @Override
        public boolean mayPublish(@Nullable String user, String topic) {
          return true;
        }

        @Override
        public boolean maySubscribe(@Nullable String user, String filter) {
          return true;
        }
      };

  /**
   * Whether a client may publish to a topic, with its will too.
   *
   * @param user as in its CONNECT; null where it names none
   */
  boolean mayPublish(@Nullable String user, String topic);

  /**
   * Whether a client may subscribe to a filter, which may have wildcards.
   *
   * @param user as in its CONNECT; null where it names none
   */
  boolean maySubscribe(@Nullable String user, String filter);
}
