/**
 * The texts of a script, translated by the server and put on an element as JSON in data-labels.
 * A text names its values the way Django does: "%(count)s of %(max)s photos".
 */
export class Labels {
  constructor(texts) {
    this.texts = texts;
  }

  /** Of an element; a missing or broken data-labels gives keys instead of texts, and says so in the console. */
  static of(element) {
    try {
      return new Labels(JSON.parse(element.dataset.labels || "{}"));
    } catch (error) {
      console.error("data-labels is not JSON", error);
      return new Labels({});
    }
  }

  /** The text of a key with its values filled in; the key itself when there is no such text. */
  say(key, values = {}) {
    const text = this.texts[key];
    if (text === undefined) {
      console.error(`no label ${key}`);
      return key;
    }
    return text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /** `<key>_one` or `<key>_many`, with the number as `count`. */
  count(key, number) {
    return this.say(`${key}_${number === 1 ? "one" : "many"}`, { count: number });
  }
}
