package io.twinloom.local;

import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.AZURE;
import static io.twinloom.model.cloud.KnownClouds.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.local.mqtt.Contacts;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layer 1 was on Google Cloud, then on Azure, and is on AWS now; devices are let in on all. */
class DeviceEndpointsTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path folder;
  private CloudDatabase database;
  private DeviceEndpoints endpoints;

  @BeforeEach
  void letDevicesInOnThreeClouds() {
    Project project =
        ProjectBuilder.of("hall")
            .device("s1", "t")
            .on(Layer.L1, AWS)
            .readFrom(folder.resolve("hall"));
    StoreLegs former =
        new StoreLegs(
            List.of(new Leg(AZURE, Use.READ, false), new Leg(GOOGLE, Use.READ, false)),
            Optional.empty());
    endpoints =
        new DeviceEndpoints(
            project.withLegs(project.placement(), Legs.NONE.with(Layer.L1, former)),
            Map.of(),
            Ambient.of(now::get, new SecureRandom()));
    database = CloudDatabase.open(folder.resolve("cloud.db"), DeviceContacts.SCHEMA);
    List.of(AWS, AZURE, GOOGLE).forEach(cloud -> endpoints.contacts().open(cloud, database));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Contacts on(Provider cloud) {
    return endpoints.of(cloud, 0).contacts();
  }

  private void isSeenOn(Provider cloud) {
    now.updateAndGet(before -> before.plusSeconds(1));
    on(cloud).note("s1");
  }

  @Test
  @DisplayName("a device is reached on the cloud where it was last seen, whichever that is")
  void whereItWasLastSeen() {
    for (Provider cloud : List.of(AZURE, AWS, GOOGLE, AZURE)) {
      isSeenOn(cloud);
      assertThat(on(cloud).elsewhere("s1")).isEmpty();
      List.of(AWS, AZURE, GOOGLE).stream()
          .filter(other -> other != cloud)
          .forEach(other -> assertThat(on(other).elsewhere("s1")).contains(cloud));
    }
  }

  @Test
  @DisplayName("a device that was seen on none is reached where devices were first of all")
  void seenOnNone() {
    assertThat(on(AWS).elsewhere("s1")).contains(GOOGLE);
    assertThat(on(AZURE).elsewhere("s1")).contains(GOOGLE);
    assertThat(on(GOOGLE).elsewhere("s1")).isEmpty();
  }
}
