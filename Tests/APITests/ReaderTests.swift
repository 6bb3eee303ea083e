import Domain
import HTTPTypes
import Ledger
import Testing

@testable import API

struct ReaderTests {
  private func refusal(_ body: () throws -> Void) -> Rejection? {
    do {
      try body()
      return nil
    } catch {
      return error as? Rejection
    }
  }

  @Test func `a field of another name is refused, and the known ones are told`() throws {
    let fields = try Fields(parsing: Array(#"{"zeta":1,"custmers":[1]}"#.utf8))
    #expect(
      refusal { try fields.only(["customers", "reason"]) }
        == .fieldUnknown(path: "custmers", known: ["customers", "reason"]))
  }

  @Test func `a value of another type is refused with its path`() throws {
    let fields = try Fields(
      parsing: Array(#"{"customers":[1,2,"3"],"reason":5,"details":{"a":1},"into":0}"#.utf8))
    #expect(
      refusal { _ = try fields.ids("customers") }
        == .fieldUnreadable(path: "customers[2]", expected: .id))
    #expect(
      refusal { _ = try fields.text("reason") }
        == .fieldUnreadable(path: "reason", expected: .text))
    #expect(
      refusal { _ = try fields.dictionary("details") }
        == .fieldUnreadable(path: "details.a", expected: .text))
    #expect(refusal { _ = try fields.id("into") } == .fieldUnreadable(path: "into", expected: .id))
    #expect(refusal { _ = try fields.ids("x") } == .fieldMissing(path: "x"))
  }

  @Test(arguments: ["[]", "1", "\"a\"", "null", "true"])
  func `a body that is no object is refused`(text: String) {
    #expect(
      refusal { _ = try Fields(parsing: Array(text.utf8)) }
        == .fieldUnreadable(path: "", expected: .object))
  }

  @Test func `null and an empty text clear, absence leaves`() throws {
    let fields = try Fields(parsing: Array(#"{"a":null,"b":"","c":"x","d":null,"e":[]}"#.utf8))
    #expect(try fields.text("a") == "")
    #expect(try fields.text("b") == "")
    #expect(try fields.text("c") == "x")
    #expect(try fields.text("z") == nil)
    #expect(try fields.filledText("a") == nil)
    #expect(try fields.texts("d") == [])
    #expect(try fields.texts("e") == [])
    #expect(try fields.texts("z") == nil)
  }

  @Test func `a query is decoded, and refused where it is broken or ambiguous`() throws {
    let query = try Query("q=S%C3%A3o+Paulo&tag=3&empty=&flag=true")
    #expect(query["q"] == "São Paulo")
    #expect(try query.id("tag") == 3)
    #expect(query["empty"] == nil)
    #expect(try query.flag("flag"))
    #expect(refusal { _ = try Query("q=%C3") } == .uriUnreadable)
    #expect(refusal { _ = try Query("q=%zz") } == .uriUnreadable)
    #expect(refusal { _ = try Query("q=%4") } == .uriUnreadable)
    #expect(refusal { _ = try Query("q=a%00") } == .uriUnreadable)
    #expect(refusal { _ = try Query("q=1&q=2") } == .parameterRepeated("q"))
    #expect(
      refusal { try query.only(["q"]) } == .parameterUnknown("tag", known: ["q"]))
    #expect(throws: Problem.self) { try query.integer("q", in: 1...5) }
    #expect(throws: Problem.self) { try Query("tag=0").id("tag") }
  }

  @Test(arguments: UInt64(0)..<200)
  func `a cursor comes back as it went, and no other text is one`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let cursor = Cursor(
      list: .changes, filter: UInt32(truncatingIfNeeded: random.next()),
      position: Int64(bitPattern: random.next()))
    let text = cursor.description
    #expect(Cursor(text) == cursor)
    #expect(text.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") })
    var bytes = Array(text.utf8)
    let place = Int(random.next() % UInt64(bytes.count))
    let alphabet = Array("ABCxyz019-_=+ ".utf8)
    let other = alphabet[Int(random.next() % UInt64(alphabet.count))]
    guard bytes[place] != other else { return }
    bytes[place] = other
    #expect(Cursor(String(decoding: bytes, as: UTF8.self)) == nil)
    #expect(Cursor(String(text.dropLast())) == nil)
    #expect(Cursor(text + "A") == nil)
  }

  @Test(arguments: [
    (nil, "en"), ("pt-BR,pt;q=0.9,en;q=0.8", "pt"), ("de, fr;q=0.7, *;q=0.5", "fr"),
    ("en;q=0.1, PT;q=0.2", "pt"), ("de", "en"), ("", "en"), ("fr;q=0, en", "en"),
    (";;q=,,fr", "fr"),
  ])
  func `the best known language is taken`(header: String?, language: String) {
    #expect(Language(accepting: header).rawValue == language)
  }

  @Test func `only a well-formed trace is taken up`() {
    let good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    #expect(TraceParent(good)?.traceID == "0af7651916cd43dd8448eb211c80319c")
    for bad in [
      "", "00", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "00-00000000000000000000000000000000-b7ad6b7169203331-01",
      "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    ] {
      #expect(TraceParent(bad) == nil)
    }
  }

  @Test func `dates of answers are written as RFC 9110 has them`() {
    #expect(DateClock.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
  }

  @Test func `columns of an import are read, headings with commas too`() throws {
    #expect(
      try API.columns("name:Nome, completo,phone:Tel: celular")
        == [.name: "Nome, completo", .phone: "Tel: celular"])
    #expect(try API.columns("") == [:])
    #expect(throws: Problem.self) { try API.columns("nome:Nome") }
  }
}

/// SplitMix64: the same numbers from the same seed on every machine.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
