import APITypes
import Domain

extension TagDocument: Writable {}

extension TagDocument {
  init(_ tag: CustomerTag, in state: State) {
    var mergedInto: Int32?
    if case .merged(let target) = tag.status { mergedInto = target.rawValue }
    var palette: Int?
    if case .palette(let index) = tag.color { palette = index }
    self.init(
      id: tag.id.rawValue, name: tag.name.text, category: tag.name.category, color: tag.color.hex,
      palette: palette, criterion: tag.criterion, followUp: tag.followUp, set: tag.set,
      ends: tag.ends, archived: tag.status == .archived, mergedInto: mergedInto,
      aliases: tag.aliases.map(\.text), customers: state.members(of: tag.id).count,
      use: state.use(of: tag.id).map {
        TagUseReport(filters: $0.filters, exports: $0.exports, last: $0.last?.text ?? "")
      }, revision: tag.revision)
  }
}
