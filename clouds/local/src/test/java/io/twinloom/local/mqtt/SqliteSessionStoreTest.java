package io.twinloom.local.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.local.store.CloudDatabase;
import io.twinloom.mqtt.Message;
import io.twinloom.mqtt.MessageProperties;
import io.twinloom.mqtt.MessageProperties.UserProperty;
import io.twinloom.mqtt.SessionStore.Page;
import io.twinloom.mqtt.SessionStore.StoredMessage;
import io.twinloom.mqtt.SessionStore.StoredSession;
import io.twinloom.mqtt.SessionStore.StoredSubscription;
import io.twinloom.mqtt.Subscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions come out of the database as they went in. */
class SqliteSessionStoreTest {
  private static final MessageProperties PROPERTIES =
      new MessageProperties(
          1,
          "application/json",
          "answers",
          new byte[] {0, -1},
          List.of(new UserProperty("a", "1"), new UserProperty("a", "ü")));

  @TempDir Path folder;
  private CloudDatabase database;
  private SqliteSessionStore store;

  @BeforeEach
  void open() {
    database = CloudDatabase.open(folder.resolve("cloud.db"), SqliteSessionStore.SCHEMA);
    store = new SqliteSessionStore(database);
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  private static Message message(String text, MessageProperties properties) {
    return new Message("t", text.getBytes(StandardCharsets.UTF_8), 1, properties, 7);
  }

  @Test
  void aSessionIsFoundAgainWithWhatItHas() {
    store.putSession("d1", 60, null, 1);
    store.putSession("d2", 0xFFFF_FFFFL, 42L, 0);
    store.putSubscription("d1", "dt/#", new Subscription(0, false));
    store.putSubscription("d1", "dt/#", new Subscription(1, true));
    store.addMessage("d1", 1, message("one", MessageProperties.NONE));
    store.addMessage("d1", 2, message("zwölf", MessageProperties.NONE));
    close();
    open();
    assertThat(store.sessions())
        .containsExactlyInAnyOrder(
            new StoredSession("d1", 60, null, 1, 2, 9, 2),
            new StoredSession("d2", 0xFFFF_FFFFL, 42L, 0, 0, 0, 0));
    assertThat(store.subscriptions())
        .containsExactly(new StoredSubscription("d1", "dt/#", new Subscription(1, true)));
  }

  @Test
  void aMessageIsReadAsItWasWritten() {
    store.addMessage("d1", 1, message("one", MessageProperties.NONE));
    store.addMessage("d1", 3, message("three", PROPERTIES)).join();
    Page page = store.messagesAfter("d1", 1).join();
    assertThat(page.complete()).isTrue();
    StoredMessage three = page.messages().get(0);
    assertThat(page.messages()).hasSize(1);
    assertThat(three.number()).isEqualTo(3);
    assertThat(three.message().payload()).asString(StandardCharsets.UTF_8).isEqualTo("three");
    assertThat(three.message().expiresAt()).isEqualTo(7);
    assertThat(three.message().properties()).usingRecursiveComparison().isEqualTo(PROPERTIES);
  }

  @Test
  void manyMessagesComeInPages() {
    for (int i = 1; i < 250; i++) {
      store.addMessage("d1", i, message("m" + i, MessageProperties.NONE));
    }
    store.addMessage("d1", 250, message("m250", MessageProperties.NONE)).join();
    Page first = store.messagesAfter("d1", 0).join();
    assertThat(first.complete()).isFalse();
    long last = first.messages().getLast().number();
    Page second = store.messagesAfter("d1", last).join();
    assertThat(second.complete()).isTrue();
    assertThat(first.messages().size() + second.messages().size()).isEqualTo(250);
  }

  @Test
  void whatIsRemovedIsGone() {
    store.putSession("d1", 60, null, 0);
    store.putSubscription("d1", "a", new Subscription(1, false));
    store.putSubscription("d1", "b", new Subscription(1, false));
    store.addMessage("d1", 1, message("one", MessageProperties.NONE));
    store.addMessage("d1", 2, message("two", MessageProperties.NONE));
    store.removeMessage("d1", 1);
    store.removeSubscription("d1", "a").join();
    assertThat(store.messagesAfter("d1", 0).join().messages())
        .extracting(StoredMessage::number)
        .containsExactly(2L);
    assertThat(store.subscriptions()).extracting(StoredSubscription::filter).containsExactly("b");
    store.removeSession("d1").join();
    assertThat(store.sessions()).isEmpty();
    assertThat(store.subscriptions()).isEmpty();
    assertThat(store.messagesAfter("d1", 0).join().messages()).isEmpty();
  }
}
