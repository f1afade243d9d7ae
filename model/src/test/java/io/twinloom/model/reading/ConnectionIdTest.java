package io.twinloom.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionIdTest {

  @ParameterizedTest
  @CsvSource({
    "gcp_l3cold_to_aws_l4_cold_reader, google, COLD_READER",
    "gcp_l3cold_to_aws_l3hot_cold_reader, google, COLD_READER",
    "azure_l3archive_to_aws_l4_archive_reader, azure, ARCHIVE_READER",
    "azure_l3archive_to_aws_l3hot_archive_reader, azure, ARCHIVE_READER",
  })
  void theHistorysReadersAreKnownWithLayerFourAndWithout(
      String id, Provider cloud, FunctionKind receiver) {
    assertThat(ConnectionId.of(id))
        .extracting(ConnectionId::provider, ConnectionId::receiver)
        .containsExactly(cloud, receiver);
  }

  @Test
  void aReaderOfAnotherTierIsNotKnown() {
    assertThat(ConnectionId.of("gcp_l3cold_to_aws_l3hot_archive_reader")).isNull();
    assertThat(ConnectionId.of("gcp_l3_to_aws_l3hot_hot_reader")).isNull();
  }
}
