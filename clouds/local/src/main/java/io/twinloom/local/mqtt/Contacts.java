package io.twinloom.local.mqtt;

import io.twinloom.model.Provider;
import java.util.Optional;

/** What a device channel notes of its devices, and knows of those of other channels. */
public interface Contacts {

  /** Of a twin that has one channel. */
  Contacts ONLY_HERE =
      new Contacts() {
        @Override
        public void note(String device) {}

        @Override
        public void listens(String device) {}

        @Override
        public Optional<Provider> elsewhere(String device) {
          return Optional.empty();
        }
      };

  /** A device publishes here. Called on an event loop, so it must not block. */
  void note(String device);

  /** A device begins to listen to its commands here. Called on an event loop as well. */
  void listens(String device);

  /** The other cloud over whose channel a device is reached; empty: over this one's. */
  Optional<Provider> elsewhere(String device);
}
