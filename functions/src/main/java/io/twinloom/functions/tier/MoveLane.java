package io.twinloom.functions.tier;

import io.twinloom.json.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the devices, by their ids' digests, which is moved by a plan of its own: since the
 * chunks of a device go one after another, and some stores take only so much of one device at a
 * time, several lanes go on at once, in one run or in several. There are always as many, since a
 * plan is found again by its lane.
 *
 * @param number from 0
 */
record MoveLane(int number) {

  /** So many there are: the first digit of a digest in hexadecimal. */
  static final int COUNT = 16;

  static List<MoveLane> all() {
    List<MoveLane> all = new ArrayList<>(COUNT);
    for (int number = 0; number < COUNT; number++) {
      all.add(new MoveLane(number));
    }
    return all;
  }

  boolean has(String device) {
    return Character.digit(Sha256.hex(device).charAt(0), COUNT) == number;
  }

  /** What its plan is called, by the mover's name. */
  String planOf(String mover) {
    return mover + "~" + Character.forDigit(number, COUNT);
  }
}
