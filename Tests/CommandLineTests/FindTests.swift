import APITypes
import ServerSupport
import Testing

@testable import tagledger

@Suite struct FindTests {
  init() { _ = zone }

  private func place(
    _ position: Int64, _ found: String, in texts: String..., code: String = "filter.invalid"
  ) -> FilterPlace? {
    let problem = ProblemDocument(
      title: "", status: 422, code: code,
      extras: ["position": .int(position), "found": .string(found)])
    return FilterPlace(problem, in: texts)
  }

  @Test func `a place in a filter is shown in its line`() {
    let simple = place(11, "an", in: #"tag:"VIP" an orders"#)
    #expect(simple?.line == #"tag:"VIP" an orders"# && simple?.indent.count == 10)
    let lines = place(15, "x", in: "orders > 1\nor\tx\nor y")
    #expect(lines?.line == "or x" && lines?.indent == "   ")
    let end = place(9, "", in: "orders >")
    #expect(end?.line == "orders >" && end?.indent.count == 8)
    let wide = place(12, "b", in: "name ~ \"客\" b")
    #expect(wide?.indent.count == 12)
    let tag = place(5, "VPI", in: "everyone", #"tag:"VPI""#, code: "filter.tag_unknown")
    #expect(tag?.line == #"tag:"VPI""#)
  }

  @Test func `of several texts the one is shown in which the words stand`() {
    #expect(place(2, "spend", in: "everyone", "-spend")?.line == "-spend")
    #expect(place(1, "foo", in: "foo > 1", "-spent")?.line == "foo > 1")
  }

  @Test func `of a long line what stands around the place is shown`() {
    let head = String(repeating: "orders > 1 or ", count: 50)
    let long = head + "x" + String(repeating: " ", count: 90)
    let place = place(701, "x", in: long)
    #expect(place?.line.count == 102 && place?.line.hasPrefix("…") == true)
    #expect(place?.line.hasSuffix("…") == true)
    #expect(place.map { Array($0.line)[$0.indent.count] } == "x")
  }

  @Test func `what has no place in what was asked is told without one`() {
    #expect(place(99, "x", in: "orders > 1") == nil)
    #expect(place(0, "x", in: "orders > 1") == nil)
    #expect(place(1, "x", in: "orders > 1", code: "tag.not_found") == nil)
    #expect(place(1, "x") == nil)
    #expect(place(1, "", in: "") == nil)
  }

  @Test func `an error in a filter has a caret under its place`() async throws {
    let problem =
      #"{"title":"T","status":422,"detail":"wrong","code":"filter.invalid","position":11,"found":"an"}"#
    let server = try ScriptedServer { _, _ in [.answer(422, problem)] }
    let filter = #"tag:"VIP" an orders > 3"#
    let run = try await tagledger(["find", filter], on: server)
    #expect(run.code == 1)
    #expect(
      run.err == "error: wrong [filter.invalid]\n  \(filter)\n            ^\n")
    let json = try await tagledger(["find", filter, "-o", "json"], on: server)
    #expect(json.err.hasPrefix("{") && !json.err.contains("^"))
  }

  @Test func `a length of time is told in hours`() async throws {
    let item =
      #"{"id":7,"name":"Ana","attributes":[],"needs":[],"revision":1,"figure":"6416.23"}"#
    let server = try ScriptedServer { _, _ in [.answer(page([item]))] }
    for (figure, shown) in [("-unpaid_for", "6,416.23 h"), ("reply_time(last 9d)", "6,416.23 h")] {
      let run = try await tagledger(["find", "everyone", "--sort", figure], on: server)
      #expect(run.out.contains(shown), "\(run)")
    }
    let run = try await tagledger(["find", "everyone", "--sort", "spent"], on: server)
    #expect(run.out.contains("6,416.23\n"))
  }

  @Test func `a sorted list has the figure as a column, the most first with a dash`() async throws {
    let item =
      #"{"id":7,"name":"Ana","attributes":[],"needs":[],"revision":1,"figure":"12500.50"}"#
    let server = try ScriptedServer { _, _ in [.answer(page([item, customer(8, "Rui")]))] }
    let run = try await tagledger(
      ["find", "everyone", "--sort", "-spent(last 30d)"], on: server, language: "pt")
    #expect(
      server.seen.first?.target.contains("sort=-spent%28last%2030d%29") == true, "\(run)")
    #expect(
      run.out == """
        ID  Nome  spent(last 30d)
         7  Ana         12.500,50
         8  Rui                 –

        """)
    let sheet = try await tagledger(["find", "everyone", "--sort=orders", "-o", "csv"], on: server)
    #expect(sheet.out.contains("\n7,Ana,12500.50,"))
  }

  @Test(arguments: [
    ("1250.00", "1.250,00"), ("66.67%", "66,67%"), ("-0.50", "-0,50"), ("3", "3"), ("x", "x"),
    ("-1234567", "-1.234.567"),
  ])
  func `figures have the marks of the language`(text: String, shown: String) {
    #expect(Words(language: .portuguese).figure(text) == shown)
  }

  @Test func `why a customer has a tag is told by the clock on the wall`() async throws {
    let change = """
      {"seq":9,"at":"2026-11-22T01:02:03.000004Z","actor":"root","via":"socket",\
      "type":"tag.applied","command":"c","sentence":"root applied “VIP” to Ana."}
      """
    let answer = """
      {"customer":{"id":7,"name":"Ana"},"tag":{"id":3,"name":"VIP"},"held":true,\
      "sentence":"Ana has “VIP” since 2026-11-22T01:02:03.000004Z.","chain":[\(change)],\
      "turns":[{"kind":"gained","why":{"kind":"hand"},"change":\(change)}]}
      """
    let server = try ScriptedServer { request, _ in
      if request.target.contains("/why") { return [.answer(answer)] }
      return [.answer(request.target.contains("tags") ? page([tag(3, "VIP")]) : customer(7, "Ana"))]
    }
    let run = try await tagledger(["why", "#7", "VIP"], on: server)
    #expect(
      run.out == """
        Ana has “VIP” since 2026-11-21 22:02.
        ← 9  2026-11-21 22:02  root applied “VIP” to Ana.

        """, "\(run)")
  }

  @Test func `facts are told in words, with amounts in the account's currency`() async throws {
    let fact = """
      {"seq":7,"type":"order.placed","customer":7,"occurred":"2026-11-22T01:02:03.000004Z",\
      "at":"2026-11-22T01:02:03.000004Z","data":{"amount":129500,"order":"P-1",\
      "lines":[{"amount":129500,"category":"Sofas","product":"Oslo 3","quantity":2}],\
      "source":{"import":"a.csv"}}}
      """
    let server = try ScriptedServer { request, _ in
      if request.target == "/v1/account" {
        return [.answer(#"{"currency":"BRL","decimals":2,"fixed":true}"#)]
      }
      return [.answer(request.target.contains("facts") ? page([fact]) : customer(7, "Ana"))]
    }
    let run = try await tagledger(["fact", "list", "#7"], on: server)
    #expect(
      run.out.hasSuffix("P-1 · 1,295.00 BRL · 2 × Sofas, Oslo 3 · (a.csv)\n"), "\(run.out)")
    let csv = try await tagledger(["fact", "list", "#7", "-o", "csv"], on: server)
    #expect(csv.out.contains(#"{""amount"":129500"#))
  }
}
