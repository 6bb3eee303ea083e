import ServerSupport
import Testing

@testable import tagledger

@Suite struct TableTests {
  private static let headings = [
    Table.Heading(title: "ID", right: true), Table.Heading(title: "Name"),
    Table.Heading(title: "Criterion", fit: .cut),
  ]

  private static let rows = [
    [Cell("1"), Cell("Produto-Sofá", swatch: "#ff9485"), Cell("asked for a sofa")],
    [Cell("12"), Cell("日本語"), Cell("")],
    [Cell("3"), Cell("VIP 💎"), Cell("spent\nmuch \u{1B}[31m")],
  ]

  @Test func `columns line up by display width and nothing is cut in a pipe`() {
    var table = Table(Self.headings)
    let text = table.render(Self.rows, paint: .none, limit: nil)
    #expect(
      text == """
        ID  Name          Criterion
         1  Produto-Sofá  asked for a sofa
        12  日本語
         3  VIP 💎        spent much  [31m

        """)
  }

  @Test func `a narrow window cuts the flexible columns only`() {
    var table = Table(Self.headings)
    let text = table.render(Self.rows, paint: .none, limit: 28)
    #expect(text.contains(" 1  Produto-Sofá  asked for…\n"))
    #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 28 })
  }

  @Test func `a column that wraps goes on below itself`() {
    var table = Table([
      Table.Heading(title: "No.", right: true), Table.Heading(title: "What", fit: .wrap),
      Table.Heading(title: "By"),
    ])
    let rows = [
      [Cell("1"), Cell("Ana merged “A” into “B”, whose alias it is"), Cell("ana")],
      [Cell("2"), Cell("日本語日本語日本語日本語"), Cell("rui")],
    ]
    #expect(
      table.render(rows, paint: .none, limit: 30) == """
        No.  What                  By
          1  Ana merged “A” into   ana
             “B”, whose alias it
             is
          2  日本語日本語日本語日  rui
             本語

        """)
  }

  @Test func `a whole list leaves out columns that are empty`() {
    var table = Table(Self.headings)
    let rows = [[Cell("1"), Cell("A"), Cell("")]]
    #expect(table.render(rows, paint: .none, limit: nil, isWhole: true) == "ID  Name\n 1  A\n")
  }

  @Test func `later rows keep the widths of the first and have no headings`() {
    var table = Table(Self.headings)
    _ = table.render(Self.rows, paint: .none, limit: nil)
    let text = table.render([[Cell("4"), Cell("Já"), Cell("x")]], paint: .none, limit: nil)
    #expect(text == " 4  Já            x\n")
  }

  @Test func `a swatch in the tag's own colour stands before its name`() {
    var table = Table(Self.headings)
    let text = table.render(Self.rows, paint: Paint(depth: .truecolor), limit: nil)
    #expect(text.contains("\u{1B}[38;2;255;148;133m●\u{1B}[0m Produto-Sofá  asked"))
    #expect(text.contains("日本語"))
  }

  @Test(arguments: [
    ("#ff9485", 210), ("#000000", 16), ("#ffffff", 231), ("#00a0f2", 39), ("83e422", 112),
  ])
  func `a colour has its nearest of the 256`(hex: String, index: Int) throws {
    #expect(try #require(RGB(hex)).indexed == index)
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], Paint.Depth.indexed), (["TERM": "xterm"], .sixteen),
    (["TERM": "xterm", "COLORTERM": "truecolor"], .truecolor), (["TERM": "dumb"], .none),
    (["TERM": "xterm-256color", "NO_COLOR": "1"], .none),
    (["TERM": "xterm-256color", "NO_COLOR": ""], .indexed), ([:], .none),
  ])
  func `a terminal gets the colours it has`(environment: [String: String], depth: Paint.Depth) {
    #expect(Paint.choose(.auto, isTerminal: true, environment: environment).depth == depth)
    #expect(Paint.choose(.auto, isTerminal: false, environment: environment).depth == .none)
    #expect(Paint.choose(.never, isTerminal: true, environment: environment).depth == .none)
    #expect(Paint.choose(.always, isTerminal: false, environment: environment).depth > .none)
  }

  @Test func `a CSV field is quoted only where it must be`() {
    #expect(
      CSVText.line(["a", "b,c", "d\"e", "", " f", "g\nh"])
        == "a,\"b,c\",\"d\"\"e\",,\" f\",\"g\nh\"\n")
  }

  @Test func `a cell that a spreadsheet would run is guarded, as in the daemon's CSV`() async throws
  {
    let server = try ScriptedServer { _, _ in
      [.answer(page([customer(7, "=cmd|calc"), customer(8, "Ana")]))]
    }
    let run = try await tagledger(["customer", "list", "-o", "csv"], on: server)
    #expect(run.out.contains("\n7,'=cmd|calc,") && run.out.contains("\n8,Ana,"))
    #expect(
      CSVText.line(["+55 41 98888-7777", "-12.50", "@x"]) == "'+55 41 98888-7777,-12.50,'@x\n")
  }
}
