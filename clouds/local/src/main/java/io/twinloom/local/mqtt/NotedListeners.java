package io.twinloom.local.mqtt;

import io.twinloom.local.mqtt.DeviceTopic.Kind;
import io.twinloom.mqtt.Authorizer;
import org.jspecify.annotations.Nullable;

/** Notes which devices listen to their commands; a filter with wildcards names none. */
record NotedListeners(Authorizer rule, String twin, Contacts contacts) implements Authorizer {

  @Override
  public boolean mayPublish(@Nullable String user, String topic) {
    return rule.mayPublish(user, topic);
  }

  @Override
  public boolean maySubscribe(@Nullable String user, String filter) {
    boolean may = rule.maySubscribe(user, filter);
    boolean ofOne = may && filter.indexOf('+') < 0 && filter.indexOf('#') < 0;
    DeviceTopic topic = ofOne ? DeviceTopic.parse(twin, filter) : null;
    if (topic != null && topic.kind() == Kind.COMMANDS) {
      contacts.listens(topic.device());
    }
    return may;
  }
}
