package io.twinloom.aws.store;

import io.twinloom.functions.port.HotCopy;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The places of a device in the table, for items of another hot store. */
record CopiedItems(ItemQuery query, ItemWrite writing, String device)
    implements HotCopy.Places<StoreException> {

  @Override
  public List<ItemPlace> between(String start, String end) {
    List<ItemPlace> places = new ArrayList<>();
    ItemQuery.Found rows = query.between(device, start, end, true, Integer.MAX_VALUE);
    while (rows.hasNext()) {
      Map<String, AttributeValue> row = rows.next();
      places.add(
          new ItemPlace(
              DynamoHotStore.text(row, DynamoHotStore.TIMESTAMP),
              DynamoHotStore.text(row, DynamoHotStore.EVENT)));
    }
    return places;
  }

  @Override
  public Put insert(StoredItem item) {
    Put put = writing.insert(device, item);
    String time = item.place().timestamp();
    return put == Put.OCCUPIED && between(time, time).contains(item.place()) ? Put.SAME : put;
  }
}
