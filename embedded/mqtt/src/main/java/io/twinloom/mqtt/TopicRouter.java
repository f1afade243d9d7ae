package io.twinloom.mqtt;

import java.util.Optional;

/** The topics that a server knows. Called on the event loop, so it must not block. */
public interface TopicRouter {

  /**
   * What happens to messages published to a topic.
   *
   * @param topic well-formed: not empty, without wildcards
   * @return empty where nobody may publish to it
   */
  Optional<TopicRoute> route(String topic);

  /** The topics that may be published to, in words; clients that publish to others read it. */
  String allowed();
}
