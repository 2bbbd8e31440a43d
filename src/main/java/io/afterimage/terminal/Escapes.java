package io.afterimage.terminal;

/**
 * Text from elsewhere, such as a camera's id, as a terminal may show it. Whoever may publish frames
 * chooses that text, and a terminal obeys what is in it: control characters move the cursor, change
 * colors and titles, and format characters turn the direction of writing or cannot be seen.
 */
public final class Escapes {
  private Escapes() {}

  /**
   * The text on one line, with an escape such as {@code \n} or {@code \}{@code u001b} for each
   * character that is not to be seen.
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
