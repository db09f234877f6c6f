"""Settings, split by concern. Everything that differs between machines comes from the environment."""

from .core import *
from .database import *
from .fulfilment import *
from .languages import *
from .notices import *
from .rest import *
from .security import *
from .tasks import *
from .theme import *
from .tracking import *
