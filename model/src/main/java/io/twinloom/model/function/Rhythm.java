package io.twinloom.model.function;

/** How often a function runs by itself. */
public enum Rhythm {
  DAILY("daily", "0 2 * * *", "daily at 02:00 UTC"),
  WEEKLY("weekly", "0 3 * * 0", "Sundays at 03:00 UTC"),
  /** Only to continue what is open: something else begins it. */
  CONTINUED("continue", "*/15 * * * *", "every 15 minutes");

  private final String id;
  private final String cron;
  private final String words;

  Rhythm(String id, String cron, String words) {
    this.id = id;
    this.cron = cron;
    this.words = words;
  }

  /** Its word in the name of a schedule. */
  public String id() {
    return id;
  }

  /** The five fields of cron, in UTC. */
  public String cron() {
    return cron;
  }

  /** The same for people. */
  public String words() {
    return words;
  }
}
