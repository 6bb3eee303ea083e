import Domain

extension Problem {
  /// The words of refusals that have to do with the team; the others are in `french`.
  var frenchOfTeam: (title: String, detail: String) {
    switch self {
    case .permissionMissing(let missing):
      (
        "Vous n’avez pas ce droit",
        "Il vous faut la permission « \(missing.permission.rawValue) »\(missing.scope.french). "
          + Self.french(ask: missing.givers, "peut la donner.", "peuvent la donner.")
      )
    case .callerUnknown(let ask):
      (
        "Vous n’êtes pas dans l’équipe",
        "Vous êtes sur cette machine, mais pas dans l’équipe de ce registre. "
          + Self.french(ask: ask, "peut vous ajouter.", "peuvent vous ajouter.")
      )
    case .credentialRefused(let fault):
      ("Le jeton n’est pas accepté", fault.french)
    case .assertionRefused(let uid):
      (
        "Vous ne pouvez pas appeler pour d’autres",
        "L’uid \(uid) n’est pas un mandataire de confiance. Retirez « Tagledger-Operator », ou "
          + "ajoutez l’uid à « proxy.uids » dans les réglages du démon."
      )
    case .operatorNotFound(let id):
      ("Cette personne n’existe pas", "Personne dans l’équipe n’est connu comme « \(id) ».")
    case .operatorNameTaken(let name, let id):
      (
        "Quelqu’un porte déjà ce nom",
        "« \(name) » se lit comme le nom de l’opérateur \(id.rawValue). Choisissez-en un autre."
      )
    case .operatorArchived(let id):
      ("L’opérateur est archivé", "Restaurez d’abord l’opérateur \(id.rawValue).")
    case .operatorRevisionChanged(let id, let expected, let actual):
      (
        "L’opérateur a changé entre-temps",
        "Vous avez vu la révision \(expected) de l’opérateur \(id.rawValue) ; il en est à "
          + "\(actual). Regardez encore, puis décidez."
      )
    case .identityTaken(let identity, let id):
      (
        "Un autre opérateur est connu ainsi",
        "\(identity) est l’opérateur \(id.rawValue). Retirez-le-lui d’abord."
      )
    case .tokenNotFound(let id):
      ("Ce jeton n’existe pas", "Aucun jeton n’a le numéro « \(id) ».")
    case .tokenOutlasts(let end):
      (
        "Un jeton ne donne rien qui dure plus que lui",
        "Le jeton que vous utilisez finit à \(end.text). Indiquez une fin plus proche, ou agissez "
          + "sans jeton."
      )
    case .roleNotFound(let id):
      ("Ce rôle n’existe pas", "Aucun rôle n’est connu comme « \(id) ».")
    case .roleNameTaken(let name, let id):
      (
        "Un rôle porte déjà ce nom",
        "« \(name) » se lit comme le nom du rôle \(id.rawValue). Choisissez-en un autre."
      )
    case .roleFixed:
      (
        "Le rôle de propriétaire reste tel quel",
        "Définissez un rôle à vous avec les permissions voulues."
      )
    case .roleRevisionChanged(let id, let expected, let actual):
      (
        "Le rôle a changé entre-temps",
        "Vous avez vu la révision \(expected) du rôle \(id.rawValue) ; il en est à \(actual). "
          + "Regardez encore, puis décidez."
      )
    case .permissionUnknown(let text):
      ("Cette permission n’existe pas", "« \(text) » n’en est pas une ; voyez « known ».")
    case .grantNotFound(let id):
      ("Cette attribution n’existe pas", "Aucune attribution n’a le numéro « \(id) ».")
    case .teamBeyondOwn(let permissions):
      (
        "Vous ne pouvez pas donner ce que vous n’avez pas",
        "Vous n’avez pas sans limite : \(permissions.joined(separator: ", ")). Demandez à "
          + "quelqu’un qui l’a, comme un propriétaire."
      )
    case .teamLastOwner:
      (
        "Le dernier propriétaire reste",
        "Quelqu’un de connu doit posséder le registre sans limite. Faites d’abord un autre "
          + "propriétaire."
      )
    case .textEmpty(let field):
      ("Un texte est vide", "« \(field) » doit dire quelque chose.")
    default: ("", "")
    }
  }

  private static func french(ask names: [String], _ one: String, _ many: String) -> String {
    (names.isEmpty ? "root" : names.joined(separator: ", ")) + " " + (names.count > 1 ? many : one)
  }
}

extension MissingPermission.Scope {
  fileprivate var french: String {
    switch self {
    case .anywhere: ""
    case .everywhere: ", sans limite"
    case .category(let category): " pour « \(category)-* »"
    case .uncategorised: " pour les étiquettes sans catégorie"
    }
  }
}

extension CredentialFault {
  fileprivate var french: String {
    switch self {
    case .unknown: "Ce registre ne connaît pas ce jeton. Demandez-en un nouveau."
    case .malformed: "Envoyez un seul justificatif : « Authorization: Bearer JETON »."
    case .expired: "Il a expiré. Demandez-en un nouveau."
    case .revoked: "Il a été révoqué. Demandez-en un nouveau."
    case .archived: "Son opérateur est archivé. Qui gère l’équipe peut le restaurer."
    case .otherUser: "Il est lié à un autre utilisateur de cette machine."
    case .otherOperator: "Vous êtes vous-même un autre opérateur : appelez sans lui."
    }
  }
}
