import Domain
import Testing

private let jcs = "jcs-rfc8785"
private let suite = "json-test-suite/test_parsing"

@Suite struct JSONTests {
  @Test func `values read back from their canonical form`() throws {
    let value: JSON = [
      "name": "Produto-Sofá", "color": 3, "moved": 0, "none": .null, "ok": true, "no": false,
      "list": [1, -2, "três", [], [:]], "edge": .array([.int(9_007_199_254_740_991)]),
    ]
    #expect(
      value.canonical == """
        {"color":3,"edge":[9007199254740991],"list":[1,-2,"três",[],{}],"moved":0,\
        "name":"Produto-Sofá","no":false,"none":null,"ok":true}
        """)
    #expect(try JSON(parsing: value.canonical) == value)
  }

  @Test func `only quotes, backslashes and control characters are escaped`() throws {
    let text = "\"\\/\u{0}\u{1F}\u{8}\u{9}\u{A}\u{C}\u{D}\u{7F}é€😂"
    let canonical = JSON.string(text).canonical
    #expect(canonical == #""\"\\/\u0000\u001f\b\t\n\f\r"# + "\u{7F}é€😂\"")
    #expect(try JSON(parsing: canonical) == .string(text))
  }

  @Test func `keys are sorted by UTF-16 code unit, which is neither by scalar nor by byte`() {
    #expect(
      JSON.object(["\u{FB33}": 1, "😂": 2, "z": 3]).canonical == "{\"z\":3,\"😂\":2,\"\u{FB33}\":1}")
  }

  @Test(arguments: [
    ("{\"a\":1,\"a\":2}", JSON.ParseError.Reason.duplicateKey("a")),
    (#""\ud800""#, .loneSurrogate), (#""\ud800\u0041""#, .loneSurrogate),
    (#""\udc00""#, .loneSurrogate), ("1.5", .notAnInteger), ("1e3", .notAnInteger),
    ("9007199254740992", .integerTooLarge), ("-9007199254740992", .integerTooLarge),
    (String(repeating: "9", count: 1000), .integerTooLarge), ("01", .badNumber), ("-", .badNumber),
    ("", .unexpectedEnd), ("{} {}", .trailingBytes), ("\"\u{1}\"", .controlCharacter(1)),
    (#""\x""#, .badEscape), ("[1,]", .unexpectedByte(UInt8(ascii: "]"))),
    (String(repeating: "[", count: 100_000), .tooDeep(limit: 64)),
  ])
  func `what is refused is refused for its own reason`(
    text: String, reason: JSON.ParseError.Reason
  ) {
    let error = #expect(throws: JSON.ParseError.self) { try JSON(parsing: text) }
    #expect(error?.reason == reason)
  }

  @Test func `sixty-four levels are read and one more is not`() throws {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(try JSON(parsing: deep).canonical == deep)
    #expect(throws: JSON.ParseError.self) { try JSON(parsing: "[\(deep)]") }
  }

  @Test func `bytes that are not UTF-8 are refused, in keys and in values, escaped or not`() {
    for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
      for prefix in ["", "\\n"] {
        let text = [0x22] + Array(prefix.utf8) + bytes + [0x22]
        #expect(throws: JSON.ParseError.self) { try JSON(parsing: text) }
        #expect(throws: JSON.ParseError.self) {
          try JSON(parsing: [0x7B] + text + [0x3A, 0x31, 0x7D])
        }
      }
    }
  }

  @Test(arguments: [
    #"{"a":1,"b":2}"#, #"{"a":1,"s":{"x":["\"}",{}],"y":null},"b":2}"#, #"{"s":[],"a":1,"b":2}"#,
    #"{"a":1,"b":2,"s":"\\"}"#, #"{"a":1, "s" : -7 , "b":2}"#,
  ])
  func `a member passed over leaves the others as they are`(text: String) throws {
    let json = try Array(text.utf8).withUnsafeBufferPointer { try JSON(parsing: $0, skipping: "s") }
    #expect(json == ["a": 1, "b": 2])
  }

  @Test(arguments: [
    #"{"s":"#, #"{"s":}"#, #"{"s":{}"#, #"{"s":[}"#, #"{"s":"x}"#, #"{"s":,"a":1}"#,
  ])
  func `a member passed over must end`(text: String) {
    #expect(throws: JSON.ParseError.self) {
      try Array(text.utf8).withUnsafeBufferPointer { try JSON(parsing: $0, skipping: "s") }
    }
  }

  @Test func `accessors answer nil for another kind of value`() {
    let value: JSON = ["a": [1, "x", true]]
    #expect(value["a"]?.array?.first?.int == 1)
    #expect(value["b"] == nil)
    #expect(value["a"]?.string == nil && value.int == nil && value.bool == nil)
    #expect(JSON.null.isNull && value.object?.count == 1)
  }
}

/// Standard vectors; without the folder of data these tests are skipped.
@Suite struct JSONVectorTests {
  @Test(.enabled(if: Vectors.has(jcs), "no data/\(jcs)"), arguments: Vectors.files(jcs + "/input"))
  func `the canonical form is that of RFC 8785's vectors`(file: String) throws {
    // The reader refuses floats on purpose, and these two inputs hold some (56.0 is written 56).
    let withFloats = ["structures.json", "values.json"]
    let output = try Vectors.bytes("\(jcs)/output/\(file)")
    var written: [UInt8] = []
    if withFloats.contains(file) {
      #expect(throws: JSON.ParseError.self) {
        try JSON(parsing: Vectors.bytes("\(jcs)/input/\(file)"))
      }
      if file == "values.json" { return }
      try JSON(parsing: output).write(to: &written)
    } else {
      try JSON(parsing: Vectors.bytes("\(jcs)/input/\(file)")).write(to: &written)
    }
    #expect(written == output)
  }

  @Test(.enabled(if: Vectors.has(suite), "no data/\(suite)"), arguments: Vectors.files(suite))
  func `the reader agrees with JSONTestSuite, but for floats`(file: String) throws {
    let result = Result { () throws(JSON.ParseError) in
      try JSON(parsing: (try? Vectors.bytes("\(suite)/\(file)")) ?? [])
    }
    switch (file.prefix(2), result) {
    case ("n_", .success): Issue.record("accepted \(file)")
    case ("y_", .failure(let error)) where error.reason == .notAnInteger:
      #expect(file.contains("number") || file.contains("real"), "\(file)")
    case ("y_", .failure(let error)):
      // The suite leaves to the reader what duplicate keys mean; this one refuses them.
      #expect(file.hasPrefix("y_object_duplicated_key"), "\(file): \(error)")
    default: break
    }
  }
}
