package io.twinloom.cli.command;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.twinloom.cli.error.CliError;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.text.UserTextFile;
import io.twinloom.model.time.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180) as {@code query --format csv} writes it: a line of names, then a line for each
 * item. A column {@code device_id} names the device of each; an empty cell is no value.
 */
final class CsvHistory implements HistoryFile {

  private static final String DEVICE_ID = "device_id";

  private final CsvReader<NamedCsvRecord> reader;
  private final Iterator<NamedCsvRecord> records;
  private final Path file;
  private final Optional<String> device;
  private final ProjectDevices known;

  /**
   * @param device of items that name none
   * @param known whose properties say what kind of value a cell has
   */
  CsvHistory(Path file, Optional<String> device, ProjectDevices known) {
    try {
      this.reader = CsvReader.builder().ofNamedCsvRecord(UserTextFile.open(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    this.records = reader.iterator();
    this.file = file;
    this.device = device;
    this.known = known;
  }

  @Override
  public Optional<Entry> next() {
    try {
      return records.hasNext() ? Optional.of(entry(records.next())) : Optional.empty();
    } catch (CsvParseException e) {
      throw failed(file.toString(), "This is not CSV: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, Objects.requireNonNull(e.getCause()));
    }
  }

  private Entry entry(NamedCsvRecord csv) {
    String where = file + ", line " + csv.getStartingLineNumber();
    List<String> header = csv.getHeader();
    String of =
        Optional.of(DEVICE_ID)
            .filter(header::contains)
            .map(csv::getField)
            .filter(text -> !text.isEmpty())
            .or(() -> device)
            .orElseThrow(
                () ->
                    failed(
                        where,
                        "The item has no device: there is no column device_id, and no --device.",
                        null));
    JsonObject.Builder item = JsonObject.builder().put(DEVICE_ID, of);
    for (int i = 0; i < Math.min(header.size(), csv.getFieldCount()); i++) {
      String name = header.get(i);
      String cell = csv.getField(i);
      if (!cell.isEmpty() && !name.equals(DEVICE_ID)) {
        item.put(name, value(of, name, cell));
      }
    }
    return new Entry(item.build(), where);
  }

  /**
   * A cell as the property's type has it; as what it looks like where there is no such property.
   */
  private JsonValue value(String device, String name, String cell) {
    if (Timestamps.NAMES.contains(name)) {
      return cell.matches("\\d{1,15}(\\.\\d{1,6})?") ? new JsonNumber(cell) : new JsonString(cell);
    }
    Optional<DataType> type =
        known
            .find(device)
            .flatMap(d -> d.properties().stream().filter(p -> p.name().equals(name)).findFirst())
            .map(Device.Property::dataType);
    boolean text = type.filter(DataType.STRING::equals).isPresent();
    if (!text && cell.matches("-?(0|[1-9]\\d{0,30})(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?")) {
      return new JsonNumber(cell);
    }
    if (!text && (cell.equals("true") || cell.equals("false"))) {
      return JsonBoolean.of(cell.equals("true"));
    }
    return new JsonString(cell);
  }

  private static TwinloomException unreadable(Path file, IOException e) {
    return failed(
        file.toString(),
        UserTextFile.fault(file, e)
            .orElseGet(() -> "The file cannot be read: " + FileFailure.reason(e) + "."),
        e);
  }

  private static TwinloomException failed(String where, String what, @Nullable Throwable cause) {
    return new TwinloomException(
        CliError.HISTORY_FILE, what, where, CliError.HISTORY_FILE.fix(), cause);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
