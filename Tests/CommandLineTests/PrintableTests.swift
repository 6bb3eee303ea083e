import ServerSupport
import Testing

@testable import tagledger

private let command = "0198a0c0-0000-7000-8000-000000000000"

@Suite struct PrintableTests {
  @Test(arguments: [
    ("Ana", "Ana"), ("\u{1B}[2JAna", " [2JAna"), ("a\u{202E}b\u{2066}c", "a b c"),
    ("\u{9B}31mAna\u{7F}", " 31mAna "), ("a\u{2028}b\nc\td", "a b\nc\td"), ("é 👩‍👩‍👧", "é 👩‍👩‍👧"),
    ("\u{1B}[38;2;0;0;0mAna", " [38;2;0;0;0mAna"), ("\u{1B}[8mAna", " [8mAna"),
    ("\u{1B}[1mAna\u{1B}[0m", "\u{1B}[1mAna\u{1B}[0m"),
    ("\u{1B}[38;5;210m●\u{1B}[0m VIP", "\u{1B}[38;5;210m●\u{1B}[0m VIP"), ("\u{1B}[", " ["),
  ])
  func `what a terminal obeys is shown as a space, but for the program's own colours`(
    text: String, shown: String
  ) {
    #expect(Printable.text(text, keepsPaint: true) == shown)
  }

  @Test func `everything that is painted with is known as one's own`() {
    for depth in [Paint.Depth.sixteen, .indexed, .truecolor] {
      let paint = Paint(depth: depth)
      let styles: [Paint.Style] = [.plain, .bold, .dim, .good, .warning, .bad]
      let text = styles.map { paint("x", $0) }.joined() + paint.swatch("#ff9485") + "VIP"
      #expect(Printable.text(text, keepsPaint: true) == text)
    }
  }

  @Test func `neither a sentence nor a refusal on a terminal carries what steers it`() async throws
  {
    let name = #"A\u001b[2J\u202enA"#
    let receipt = """
      {"seq":[2,2],"command":"\(command)","dry_run":false,\
      "customer":{"id":7,"name":"\(name)","attributes":[],"needs":[],"revision":2}}
      """
    let server = try ScriptedServer { _, number in
      number == 1
        ? [.answer(receipt)]
        : [.answer(409, #"{"title":"T","status":409,"detail":"taken by \#(name)","code":"c"}"#)]
    }
    let arguments = ["customer", "register", "x"]
    let done = try await tagledger(arguments, on: server, isTerminal: true)
    #expect(done.out == "Registered customer “A [2J nA” (id 7).\n")
    let refused = try await tagledger(arguments, on: server, isTerminal: true)
    #expect(refused.err == "error: taken by A [2J nA [c]\n")
  }
}
