"""Words of django-allauth that this portal says in its own Dutch.

The package's own Dutch says "je" where this portal says "u", and its words for the second step are not ours.
Naming its sentences here brings them into our catalogue, which goes before the catalogues of packages.
"""

from django.utils.translation import gettext_noop

REPLACED = (
    # What a form refuses
    gettext_noop("A user is already registered with this email address."),
    gettext_noop("Be patient, you are sending too many requests."),
    gettext_noop("Incorrect code."),
    gettext_noop("This account is currently inactive."),
    gettext_noop("This email address is already associated with this account."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("You cannot activate two-factor authentication until you have verified your email address."),
    gettext_noop("You cannot add an email address to an account protected by two-factor authentication."),
    gettext_noop("You cannot add more than %d email addresses."),
    gettext_noop("You cannot deactivate two-factor authentication."),
    gettext_noop("You cannot generate recovery codes without having two-factor authentication enabled."),
    gettext_noop("You cannot remove your primary email address."),
    gettext_noop("Your primary email address must be verified."),
    # What is said after a press
    gettext_noop("A new set of recovery codes has been generated."),
    gettext_noop("Authenticator app activated."),
    gettext_noop("Authenticator app deactivated."),
    gettext_noop("Confirmation email sent to %(email)s."),
    gettext_noop("Primary email address set."),
    gettext_noop("Removed email address %(email)s."),
    gettext_noop("Security key added."),
    gettext_noop("Security key removed."),
    gettext_noop("Unable to confirm %(email)s because it is already confirmed by a different account."),
    gettext_noop("You cannot remove your primary email address (%(email)s)."),
    gettext_noop("You have confirmed %(email)s."),
    # Ways to prove once more that it is you
    gettext_noop("Use a security key"),
    gettext_noop("Use authenticator app or code"),
    # Names of keys
    gettext_noop("Backup key"),
    gettext_noop("Key nr. {number}"),
    gettext_noop("Master key"),
    # Fields
    gettext_noop("Authenticator code"),
    gettext_noop("Email"),
    gettext_noop("Email address"),
)
