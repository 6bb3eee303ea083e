import Testing

@testable import tagledger

@Suite struct WidthTests {
  @Test(arguments: [
    ("", 0), ("Sofá", 4), ("Sofa\u{301}", 4), ("日本", 4), ("✅", 2), ("❤️", 2), ("❤", 1),
    ("👩‍👩‍👧", 2), ("🇧🇷", 2), ("👍🏽", 2), ("ｱ", 1), ("Ａ", 2), ("한국", 4), ("…", 1), ("1️⃣", 2),
  ])
  func `a text takes as many columns as a terminal gives it`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test(arguments: [
    ("Pagamento", 9, "Pagamento"), ("Pagamento", 5, "Paga…"), ("日本語", 4, "日…"),
    ("日本語", 5, "日本…"), ("ab", 1, "…"), ("ab", 0, ""),
  ])
  func `what is too long ends with an ellipsis within the width`(
    text: String, limit: Int, result: String
  ) {
    #expect(DisplayWidth.truncate(text, to: limit) == result)
    #expect(DisplayWidth.of(DisplayWidth.truncate(text, to: limit)) <= limit)
  }
}
