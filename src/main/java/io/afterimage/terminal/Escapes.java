package io.afterimage.terminal;

/**
 * Escapes untrusted text, such as a camera's id, for a terminal. Any producer of frames can choose
 * such text, and a terminal interprets it: control characters move the cursor and change colors and
 * titles; format characters reverse the writing direction or are invisible.
 */
public final class Escapes {
  private Escapes() {}

  /**
   * The text on one line, with an escape such as {@code \n} or {@code \}{@code u001b} for each
   * character that is not printable.
   */
  public static String shown(String text) {
    if (text.codePoints().noneMatch(Escapes::isHidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              if (isHidden(character)) {
                escape(character, shown);
              } else {
                shown.appendCodePoint(character);
              }
            });
    return shown.toString();
  }

  private static boolean isHidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void escape(int character, StringBuilder to) {
    switch (character) {
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      default -> {
        for (char each : Character.toChars(character)) {
          to.append("\\u%04x".formatted((int) each));
        }
      }
    }
  }
}
