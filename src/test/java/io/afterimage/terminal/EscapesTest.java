package io.afterimage.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {
  @ParameterizedTest
  @CsvSource({
    "001b, \\u001b",
    "0000, \\u0000",
    "0007, \\u0007",
    "000a, \\n",
    "000d, \\r",
    "0009, \\t",
    "007f, \\u007f",
    "0085, \\u0085",
    "009b, \\u009b",
    "200b, \\u200b",
    "202e, \\u202e",
    "2066, \\u2066",
    "2028, \\u2028",
    "2029, \\u2029",
    "feff, \\ufeff",
    "d800, \\ud800",
    "e0041, \\udb40\\udc41"
  })
  void shown_hiddenCharacter_isAnEscape(String codePoint, String escape) {
    String id = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";
    assertThat(Escapes.shown(id)).isEqualTo("a" + escape + "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gate-7", "Tür Süd", "カメラ", "باب", "📷", "C:\\videos\\a.mp4", ""})
  void shown_textThatIsSeen_staysAsItIs(String id) {
    assertThat(Escapes.shown(id)).isEqualTo(id);
  }
}
