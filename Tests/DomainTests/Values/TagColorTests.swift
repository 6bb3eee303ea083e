import Domain
import Testing

@Suite struct TagColorTests {
  @Test(arguments: [
    ("0", TagColor.palette(0)), ("19", .palette(19)), ("#f74848", .palette(13)),
    ("F74848", .palette(13)), ("#123ABC", .custom("#123abc")), ("#fa0", .custom("#ffaa00")),
    ("123456", .custom("#123456")),
  ])
  func `an index or a colour is read, and a palette colour becomes its index`(
    text: String, color: TagColor
  ) throws {
    #expect(try TagColor(text) == color)
    #expect(TagColor(json: color.json) == color)
    #expect(try TagColor(color.hex) == color)
  }

  @Test(arguments: ["", "20", "-1", "+5", "red", "#12345", "#1234567", "abc", "#gggggg", "éé"])
  func `anything else is refused`(text: String) {
    #expect(throws: Problem.colorUnknown(text)) { try TagColor(text) }
  }

  @Test func `the palette is WhatsApp's twenty, all different`() {
    #expect(Set(TagColor.hexes).count == 20)
    #expect(TagColor(json: 20) == nil && TagColor(json: -1) == nil && TagColor(json: "13") == nil)
    #expect(TagColor(json: .null) == nil)
  }
}
