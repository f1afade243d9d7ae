package io.twinloom.local.mqtt;

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
        public boolean isLast(String device) {
          return true;
        }
      };

  /** A device publishes here. Called on an event loop, so it must not block. */
  void note(String device);

  /** A device begins to listen to its commands here. Called on an event loop as well. */
  void listens(String device);

  /** Whether a device was last seen here. */
  boolean isLast(String device);
}
