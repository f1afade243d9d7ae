package io.twinloom.functions.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.HotStore.ItemPlace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemPlacesTest {

  private static final List<ItemPlace> PLACES =
      List.of(
          new ItemPlace("2026-01-01T00:00:00.000001Z", "a"),
          new ItemPlace("2026-01-01T00:00:00.000002Z", ""),
          new ItemPlace("2026-01-01T00:00:00.000003Z", "é€"));

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theyAreThePlacesThatWereGiven() {
    ItemPlaces places = ItemPlaces.of(PLACES);
    assertThat(places).containsExactlyElementsOf(PLACES);
    assertThat(places.get(2)).isEqualTo(PLACES.get(2));
    assertThat(ItemPlaces.of(places)).isSameAs(places);
    assertThat(ItemPlaces.of(List.of())).isEmpty();
    assertThatThrownBy(() -> places.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void eachIsVisitedAsTheBytesThatItIs() {
    List<String> visited = new ArrayList<>();
    ItemPlaces.of(PLACES)
        .visit(
            (t, from, to) -> visited.add(new String(t, from, to - from, StandardCharsets.UTF_8)));
    assertThat(visited)
        .containsExactlyElementsOf(
            PLACES.stream().map(place -> place.timestamp() + place.eventId()).toList());
  }

  @Test
  void theirTextIsTheirsAlone() {
    ItemPlaces places = ItemPlaces.of(PLACES.subList(0, 2));
    String text = "2026-01-01T00:00:00.000001Za\n2026-01-01T00:00:00.000002Z";
    assertThat(places.isText(utf8(text))).isTrue();
    assertThat(places.isText(utf8(text + "b"))).isFalse();
    assertThat(places.isText(utf8(text + "\n"))).isFalse();
    assertThat(places.isText(utf8(text.substring(1)))).isFalse();
    assertThat(ItemPlaces.of(List.of(new ItemPlace("t", "a\nb"))).isText(utf8("ta\nb"))).isFalse();
  }

  @Test
  void theFirstAreTakenWhileOthersCome() {
    ItemPlaces.Builder builder = new ItemPlaces.Builder();
    builder.add(PLACES.get(0));
    builder.add(PLACES.get(1));
    ItemPlaces first = builder.first(1);
    builder.remove(1);
    builder.add(PLACES.get(2));
    builder.add(PLACES.get(0));
    assertThat(first).containsExactly(PLACES.get(0));
    assertThat(builder.first(2)).containsExactly(PLACES.get(1), PLACES.get(2));
    assertThat(builder.build()).containsExactly(PLACES.get(1), PLACES.get(2), PLACES.get(0));
    builder.remove(3);
    assertThat(builder.build()).isEmpty();
  }
}
